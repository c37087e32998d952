package dev.nimbus.controlplane.identity;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.http.Authenticator;
import dev.nimbus.service.token.Principal;
import java.util.Optional;

/** Believes tokens wherever they come from: programs send them as bearers, browsers in a cookie. */
public final class Sessions implements Authenticator {
  /** The cookie of a signed-in browser. */
  public static final String COOKIE = "nimbus_session";

  private final Authenticator tokens;

  public Sessions(Authenticator tokens) {
    this.tokens = tokens;
  }

  @Override
  public Principal authenticate(String bearer) {
    return tokens.authenticate(bearer);
  }

  @Override
  public Optional<Principal> cookie(String name, String value) {
    if (!name.equals(COOKIE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(tokens.authenticate(value));
    } catch (NimbusException _) {
      return Optional.empty();
    }
  }
}
