package dev.nimbus.core.provider;

import java.util.List;
import java.util.Set;

/** What a provider has besides where prices of spot machines can be read. Blocks. */
public interface SpotPrices {
  /**
   * The price now of Linux machines of each of some types, at each place the account is used at.
   * Where there is none, the type is not rented on spot there.
   */
  List<SpotPrice> spotPrices(Set<String> types);
}
