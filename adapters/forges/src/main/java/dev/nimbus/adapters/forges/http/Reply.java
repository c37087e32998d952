package dev.nimbus.adapters.forges.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A forge's answer, whatever its status.
 *
 * @param headers first values by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent") // Read once; never compared.
public record Reply(int status, Map<String, String> headers, byte[] body) {
  private static final int TOLD = 300;

  public Reply {
    headers = Map.copyOf(headers);
  }

  public String header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, "");
  }

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /** The body of a good answer; properties we do not know are left out. */
  public <T> T json(Class<T> type) {
    return Json.read(body, type);
  }

  /** The beginning of the body, for a message. */
  public String told() {
    var text =
        new String(body, StandardCharsets.UTF_8)
            .replace("\uFEFF", "")
            .strip()
            .replaceAll("\\s+", " ");
    return text.length() <= TOLD ? text : text.substring(0, TOLD) + "…";
  }

  /**
   * What to throw when nothing better is known of this answer. One that leads to another forge is
   * like a refusal: a person must change the connection.
   */
  public NimbusException refusal(String doing) {
    var kind =
        switch (status) {
          case 301, 302, 307, 308, 401, 403 -> Kind.DENIED;
          case 404 -> Kind.NOT_FOUND;
          case 409 -> Kind.CONFLICT;
          case 400, 422 -> Kind.INVALID;
          default -> Kind.UNAVAILABLE;
        };
    return new NimbusException(
        kind, "Cannot %s: the forge answered %d: %s".formatted(doing, status, told()));
  }
}
