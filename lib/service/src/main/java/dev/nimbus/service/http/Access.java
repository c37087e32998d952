package dev.nimbus.service.http;

import dev.nimbus.service.token.Audience;
import java.util.Set;

/** Who may call a route. Checked before anything else of the request is looked at. */
public sealed interface Access {
  /** Anybody. */
  record Open() implements Access {}

  /** Monitoring: the metrics token, or a client on this machine when there is no such token. */
  record Probe() implements Access {}

  /**
   * A token, or a cookie the authenticator accepts, for one of the audiences.
   *
   * @param scope what it must allow; empty for no particular one
   */
  record Bearer(Set<Audience> audiences, String scope) implements Access {
    public Bearer {
      audiences = Set.copyOf(audiences);
    }
  }

  static Access open() {
    return new Open();
  }

  static Access probe() {
    return new Probe();
  }

  /** Any token of these audiences. */
  static Access bearer(Audience... audiences) {
    return new Bearer(Set.of(audiences), "");
  }

  /** A token of this audience that allows the scope. */
  static Access bearer(Audience audience, String scope) {
    return new Bearer(Set.of(audience), scope);
  }
}
