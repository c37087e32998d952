package dev.nimbus.adapters.forges.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Answers as tests need them. */
final class Replies {
  private Replies() {}

  static Reply of(int status, String... headers) {
    return saying(status, "", headers);
  }

  static Reply saying(int status, String body, String... headers) {
    var all = new TreeMap<String, String>();
    for (var index = 0; index < headers.length; index += 2) {
      all.put(headers[index], headers[index + 1]);
    }
    return new Reply(status, Map.copyOf(all), body.getBytes(StandardCharsets.UTF_8));
  }
}
