package dev.nimbus.adapters.forges.github.scaleset;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.net.URI;

/** Addresses GitHub tells us to go to with a token. Pure. */
final class Addresses {
  private static final int LONGEST = 4_000;

  private Addresses() {}

  /** The address; {@code UNAVAILABLE} when a token must not travel there. */
  static URI trusted(Scope scope, String text) {
    try {
      var address = URI.create(text);
      if (text.length() <= LONGEST && scope.trusts(address) && address.getRawFragment() == null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw refused(text);
    }
    throw refused(text);
  }

  private static NimbusException refused(String text) {
    var shown = text.length() <= 200 ? text : text.substring(0, 200) + "…";
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot go where GitHub says scale sets are: '%s' is not a safe address".formatted(shown));
  }
}
