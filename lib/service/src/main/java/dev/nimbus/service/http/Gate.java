package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.token.Principal;
import io.helidon.http.HeaderNames;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides who may pass, from the headers and the connection alone. */
final class Gate {
  private static final String BEARER = "Bearer ";

  private final Authenticator authenticator;
  private final Secret metricsToken;

  Gate(Authenticator authenticator, Secret metricsToken) {
    this.authenticator = authenticator;
    this.metricsToken = metricsToken;
  }

  /** The caller where the access asks for one; fails with 401 or 403. */
  @Nullable Principal admit(Access access, Exchange exchange) {
    return switch (access) {
      case Access.Open _ -> null;
      case Access.Probe _ -> probe(exchange);
      case Access.Bearer bearer -> bearer(bearer, exchange);
    };
  }

  private @Nullable Principal probe(Exchange exchange) {
    if (!metricsToken.present()) {
      if (exchange.fromThisMachine()) {
        return null;
      }
      throw denied("Only clients on this machine may see this while no metrics token is set.");
    }
    if (!metricsToken.matches(token(exchange).orElse(""))) {
      throw unauthenticated("This needs the metrics token as bearer token.");
    }
    return null;
  }

  private Principal bearer(Access.Bearer access, Exchange exchange) {
    var principal = principal(exchange);
    if (!access.audiences().contains(principal.audience())) {
      throw denied("A token for '" + principal.audience().word() + "' may not do this.");
    }
    if (!principal.allows(access.scope())) {
      throw denied("The token lacks the scope '" + access.scope() + "'.");
    }
    return principal;
  }

  private Principal principal(Exchange exchange) {
    var token = token(exchange);
    if (token.isEmpty()) {
      return fromCookies(exchange);
    }
    try {
      return authenticator.authenticate(token.get());
    } catch (NimbusException e) {
      if (e.kind() == Kind.DENIED) {
        throw unauthenticated(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private Principal fromCookies(Exchange exchange) {
    var cookies = exchange.header(HeaderNames.COOKIE).orElse("");
    for (var cookie : cookies.split(";", -1)) {
      var equals = cookie.indexOf('=');
      if (equals > 0) {
        var principal =
            authenticator.cookie(
                cookie.substring(0, equals).strip(), cookie.substring(equals + 1).strip());
        if (principal.isPresent()) {
          sameSite(exchange);
          return principal.get();
        }
      }
    }
    throw unauthenticated("This needs a bearer token.");
  }

  /**
   * A browser sends cookies for anybody who asks it to; what changes something must come from us.
   */
  private static void sameSite(Exchange exchange) {
    if (exchange.method().equals("GET") || exchange.method().equals("HEAD")) {
      return;
    }
    var site = exchange.header("Sec-Fetch-Site");
    var ours =
        site.isPresent()
            ? site.get().equals("same-origin")
            : exchange
                .header(HeaderNames.ORIGIN)
                .filter(origin -> fromHost(origin, exchange))
                .isPresent();
    if (!ours) {
      throw denied("A request made by another site is not carried out.");
    }
  }

  private static boolean fromHost(String origin, Exchange exchange) {
    var host = exchange.header(HeaderNames.HOST).orElse("");
    return origin.equals("http://" + host) || origin.equals("https://" + host);
  }

  private static Optional<String> token(Exchange exchange) {
    return exchange
        .header(HeaderNames.AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  private static HttpFailure unauthenticated(String why) {
    return new HttpFailure(
        Problems.reply(401, Kind.DENIED, "unauthenticated", why)
            .with("WWW-Authenticate", "Bearer realm=\"nimbus\""));
  }

  private static HttpFailure denied(String why) {
    return new HttpFailure(Problems.reply(Kind.DENIED, "", why));
  }
}
