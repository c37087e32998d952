package dev.nimbus.service.token;

import dev.nimbus.core.identity.PublicKey;
import java.util.List;

/** Where the keys come from that verify tokens. Thread-safe. */
@FunctionalInterface
public interface KeySource {
  /** The keys known now. */
  List<PublicKey> keys();

  /**
   * The keys after looking again, because a token named one that is not known. Sources that keep a
   * copy fetch a new one here, at a bounded rate.
   */
  default List<PublicKey> refreshed() {
    return keys();
  }
}
