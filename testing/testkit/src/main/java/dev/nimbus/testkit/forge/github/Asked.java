package dev.nimbus.testkit.forge.github;

import dev.nimbus.json.Json;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call as its handler sees it.
 *
 * @param words what stands for the placeholders of the path, in order
 */
@SuppressWarnings("ArrayRecordComponent") // Read once; never compared.
record Asked(
    URI base, String path, String query, String[] words, byte[] body, Access.Caller caller) {
  String word(int index) {
    return words[index];
  }

  String parameter(String name) {
    return parameters().getOrDefault(name, "");
  }

  int number(String name, int absent) {
    var text = parameter(name);
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : absent;
  }

  <T> T json(Class<T> type) {
    return Json.read(body, type);
  }

  /** The link to the same list from somewhere else on. */
  String link(String parameter, Object value) {
    var all = parameters();
    all.put(parameter, value.toString());
    var text = new StringBuilder();
    all.forEach((name, one) -> text.append(text.isEmpty() ? "?" : "&").append(name + "=" + one));
    return "<%s%s%s>; rel=\"next\"".formatted(base, path, text);
  }

  private Map<String, String> parameters() {
    var all = new TreeMap<String, String>();
    for (var pair : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        all.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return all;
  }
}
