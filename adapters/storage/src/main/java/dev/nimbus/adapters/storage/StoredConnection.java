package dev.nimbus.adapters.storage;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a connection connects to, as the one column it is kept in. */
record StoredConnection(
    URI url, String owner, List<String> repositories, Map<String, String> options) {
  static String text(Connection connection) {
    return Json.text(
        new StoredConnection(
            connection.url(), connection.owner(), connection.repositories(), connection.options()));
  }

  static StoredConnection read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), StoredConnection.class);
  }
}
