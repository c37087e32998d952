package dev.nimbus.service.token;

import java.util.Optional;

/** Says whether tokens still count that a key signed and that have not expired. Thread-safe. */
@FunctionalInterface
public interface Revocations {
  /**
   * Why a token counts no more, in words that complete "the token is not accepted:"; empty while it
   * counts. {@code UNAVAILABLE} when nobody can tell. May block.
   *
   * @param token as it was shown
   */
  Optional<String> refusal(String token, Claims claims);

  /** Asks the other too where this has nothing against a token. */
  default Revocations and(Revocations other) {
    return (token, claims) -> refusal(token, claims).or(() -> other.refusal(token, claims));
  }

  /** For services that rely on tokens being short-lived. */
  static Revocations none() {
    return (_, _) -> Optional.empty();
  }
}
