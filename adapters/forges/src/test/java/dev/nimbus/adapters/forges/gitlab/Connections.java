package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.secret.Sealed;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Connections of tests. */
final class Connections {
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private Connections() {}

  static Connection of(Map<String, String> options) {
    return of("https://gitlab.example", "acme", List.of(), options);
  }

  /** The same with another owner, repositories and options. */
  static Connection with(
      Connection like, String owner, List<String> repositories, Map<String, String> options) {
    return of(like.url().toString(), owner, repositories, options);
  }

  static Connection of(
      String url, String owner, List<String> repositories, Map<String, String> options) {
    return new Connection(
        OrgId.DEFAULT,
        new ConnectionId("c-1"),
        new ConnectionName("gitlab"),
        ForgeKind.GITLAB,
        URI.create(url),
        owner,
        repositories,
        Connection.options(options),
        new Sealed("none", ""),
        NOON,
        1);
  }
}
