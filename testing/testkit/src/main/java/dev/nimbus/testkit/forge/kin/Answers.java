package dev.nimbus.testkit.forge.kin;

import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What both answer alike. */
final class Answers {
  private static final int LARGEST_PAGE = 50;

  private Answers() {}

  /** An empty list, as the language both forges are written in writes it when it is careless. */
  static Answer none() {
    return Answer.bytes(
        200, "application/json;charset=utf-8", "null".getBytes(StandardCharsets.UTF_8));
  }

  static Answer problem(int status, String message) {
    return Answer.of(status, Map.of("message", message, "url", "http://forge/api/swagger"));
  }

  static Answer unknown() {
    return problem(404, "The target couldn't be found.");
  }

  /** What a page of a list holds. */
  static <T> List<T> page(Call call, List<T> all) {
    var limit = Math.clamp(call.number("limit", LARGEST_PAGE), 1, LARGEST_PAGE);
    var from = Math.min(all.size(), (Math.max(1, call.number("page", 1)) - 1) * limit);
    return List.copyOf(all.subList(from, Math.min(all.size(), from + limit)));
  }
}
