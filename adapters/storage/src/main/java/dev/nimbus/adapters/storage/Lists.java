package dev.nimbus.adapters.storage;

import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lists of words as a column. */
final class Lists {
  private Lists() {}

  static String text(List<String> words) {
    return Json.text(words);
  }

  static List<String> read(String text) {
    return List.of(Json.read(text.getBytes(StandardCharsets.UTF_8), String[].class));
  }
}
