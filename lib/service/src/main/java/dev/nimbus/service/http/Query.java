package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.Optional;

/** Reads the query of a request. */
final class Query {
  private Query() {}

  /** The decoded first value of a parameter. */
  static Optional<String> value(String raw, String name) {
    for (var begin = 0; begin < raw.length(); ) {
      var end = raw.indexOf('&', begin);
      var part = raw.substring(begin, end < 0 ? raw.length() : end);
      var equals = part.indexOf('=');
      if (Encoded.queryPart(equals < 0 ? part : part.substring(0, equals)).equals(name)) {
        return Optional.of(equals < 0 ? "" : Encoded.queryPart(part.substring(equals + 1)));
      }
      begin += part.length() + 1;
    }
    return Optional.empty();
  }

  /** A value as a number within bounds; anything else is INVALID. */
  static int number(String name, String text, int min, int max) {
    try {
      var value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, text, min, max);
    }
    throw wrong(name, text, min, max);
  }

  private static NimbusException wrong(String name, String text, int min, int max) {
    return new NimbusException(
        Kind.INVALID,
        "Cannot use query parameter %s='%s': not a number from %d to %d"
            .formatted(name, text, min, max));
  }
}
