package dev.nimbus.testkit.forge.kin;

import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is answered. */
@SuppressWarnings("ArrayRecordComponent") // Written once; never compared.
record Answer(int status, Map<String, String> headers, byte[] body) {
  private static final int LARGEST_PAGE = 50;
  private static final String TYPE = "Content-Type";
  private static final String JSON = "application/json;charset=utf-8";

  static Answer of(int status, Object body) {
    return new Answer(status, Map.of(TYPE, JSON), Json.write(body));
  }

  /** An empty list, as the language both forges are written in writes it when it is careless. */
  static Answer none() {
    return new Answer(200, Map.of(TYPE, JSON), "null".getBytes(StandardCharsets.UTF_8));
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0]);
  }

  static Answer bytes(int status, String type, byte[] body) {
    return new Answer(status, Map.of(TYPE, type), body);
  }

  static Answer problem(int status, String message) {
    return of(status, Map.of("message", message, "url", "http://forge/api/swagger"));
  }

  static Answer unknown() {
    return problem(404, "The target couldn't be found.");
  }

  Answer with(String name, Object value) {
    var all = new TreeMap<>(headers);
    all.put(name, value.toString());
    return new Answer(status, all, body);
  }

  /** What a page of a list holds. */
  static <T> List<T> page(Call call, List<T> all) {
    var limit = Math.clamp(call.number("limit", LARGEST_PAGE), 1, LARGEST_PAGE);
    var from = Math.min(all.size(), (Math.max(1, call.number("page", 1)) - 1) * limit);
    return List.copyOf(all.subList(from, Math.min(all.size(), from + limit)));
  }
}
