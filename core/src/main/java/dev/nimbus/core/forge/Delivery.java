package dev.nimbus.core.forge;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A webhook as it arrived, not yet believed.
 *
 * @param headers first values by lower-case name
 * @param body the bytes that were signed; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Signed bytes: read, never compared or changed.
public record Delivery(Map<String, String> headers, byte[] body, Instant receivedAt) {
  public Delivery {
    var lower = new TreeMap<String, String>();
    headers.forEach((name, value) -> lower.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
  }

  /** The header's first value, empty when it was not sent. */
  public String header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, "");
  }
}
