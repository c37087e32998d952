package dev.nimbus.testkit.forge.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is answered.
 *
 * @param body as JSON; an empty text for none
 */
record Answer(int status, Object body, Map<String, String> headers) {
  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer of(int status, Object body) {
    return new Answer(status, body, Map.of());
  }

  static Answer empty(int status) {
    return of(status, "");
  }

  static Answer problem(int status, String message) {
    return of(
        status,
        Map.of("message", message, "documentation_url", "http://docs", "status", "" + status));
  }

  Answer with(Map<String, String> more) {
    var all = new TreeMap<>(headers);
    all.putAll(more);
    return new Answer(status, body, all);
  }

  /** One page of a list under a name, or bare when the name is empty; with a link to the next. */
  static Answer page(Asked asked, String name, List<?> all) {
    var perPage = Math.clamp(asked.number("per_page", 30), 1, 100);
    var page = Math.max(1, asked.number("page", 1));
    var from = Math.min(all.size(), (page - 1) * perPage);
    var to = Math.min(all.size(), from + perPage);
    var items = new ArrayList<>(all.subList(from, to));
    Object body = name.isEmpty() ? items : Map.of("total_count", all.size(), name, items);
    var answer = of(200, body);
    return to == all.size() ? answer : answer.with(Map.of("Link", asked.link("page", page + 1)));
  }
}
