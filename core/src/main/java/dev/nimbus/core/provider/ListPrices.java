package dev.nimbus.core.provider;

import java.util.List;
import java.util.Set;

/** What a provider has besides where what it asks for a machine now can be read. Blocks. */
public interface ListPrices {
  /**
   * The price now of a machine of each of some types, on demand, at each place the account is used
   * at, with what the account has added to every machine. Where there is none, the type is not
   * rented there.
   */
  List<ListPrice> listPrices(Set<String> types);
}
