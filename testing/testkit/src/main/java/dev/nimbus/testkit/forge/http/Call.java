package dev.nimbus.testkit.forge.http;

import dev.nimbus.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call as it arrived.
 *
 * @param path as sent, with its leading slash, without the query
 * @param query as sent; empty when there was none
 * @param headers first values by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent") // Read once; never compared.
public record Call(
    String method, String path, String query, Map<String, String> headers, byte[] body) {
  public boolean change() {
    return !method.equals("GET");
  }

  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  public String parameter(String name) {
    return parameters().getOrDefault(name, "");
  }

  public boolean has(String name) {
    return parameters().containsKey(name);
  }

  public int number(String name, int absent) {
    var text = parameter(name);
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : absent;
  }

  public <T> T json(Class<T> type) {
    return Json.read(body, type);
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
