package dev.nimbus.service.http;

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
}
