package dev.nimbus.testkit.provider.hetzner;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of an answer, put together by hand. */
final class Shape {
  private Shape() {}

  /** Names and values in turn; what Hetzner writes as null is null. */
  @SuppressWarnings("NullAway") // Only written as JSON, which has null.
  static Map<String, Object> of(@Nullable Object... namesAndValues) {
    var object = new LinkedHashMap<String, Object>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }
}
