package dev.nimbus.service.http;

import dev.nimbus.service.token.Principal;
import java.util.Optional;

/** Tells who is calling. Thread-safe; quick, since every request asks. */
public interface Authenticator {
  /** Whom a bearer token proves; {@code DENIED} when it proves nobody. */
  Principal authenticate(String bearer);

  /** Whom a cookie proves, for browsers. Unknown cookies and worthless values are empty. */
  default Optional<Principal> cookie(String name, String value) {
    return Optional.empty();
  }
}
