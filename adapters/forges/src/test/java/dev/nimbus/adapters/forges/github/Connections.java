package dev.nimbus.adapters.forges.github;

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
import java.util.TreeMap;

/** Connections as tests need them. */
final class Connections {
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private Connections() {}

  static Connection of(
      String url, String owner, List<String> repositories, Map<String, String> options) {
    return new Connection(
        OrgId.DEFAULT,
        new ConnectionId("c-1"),
        new ConnectionName("github"),
        ForgeKind.GITHUB,
        URI.create(url),
        owner,
        repositories,
        new TreeMap<>(options),
        new Sealed("none", ""),
        NOON,
        1);
  }

  static Connection of(Map<String, String> options) {
    return of("https://github.com", "acme", List.of(), options);
  }

  /** The same connection with more options. */
  static Connection with(Connection was, Map<String, String> options) {
    var all = new TreeMap<>(was.options());
    all.putAll(options);
    return of(was.url().toString(), was.owner(), was.repositories(), all);
  }
}
