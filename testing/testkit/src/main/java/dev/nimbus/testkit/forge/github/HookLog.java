package dev.nimbus.testkit.forge.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What GitHub remembers of the webhooks it sent, newest first. */
final class HookLog {
  private final List<Entry> entries = new ArrayList<>();

  synchronized Entry add(Webhook webhook, boolean again, int status, Instant at) {
    var entry = new Entry(entries.size() + 1L, webhook, again, status, at);
    entries.addFirst(entry);
    return entry;
  }

  synchronized Optional<Entry> find(String id) {
    return entries.stream().filter(entry -> Long.toString(entry.id).equals(id)).findFirst();
  }

  synchronized Answer page(Asked asked) {
    var perPage = Math.clamp(asked.number("per_page", 30), 1, 100);
    var before = asked.number("cursor", Integer.MAX_VALUE);
    var rest = entries.stream().filter(entry -> entry.id < before).toList();
    var page = rest.subList(0, Math.min(rest.size(), perPage));
    var answer = Answer.of(200, page.stream().map(Entry::shape).toList());
    return page.size() == rest.size()
        ? answer
        : answer.with(Map.of("Link", asked.link("cursor", page.getLast().id)));
  }

  record Entry(long id, Webhook webhook, boolean again, int status, Instant at) {
    Map<String, @Nullable Object> shape() {
      var shape = new LinkedHashMap<String, @Nullable Object>();
      shape.put("id", id);
      shape.put("guid", webhook.delivery().header("x-github-delivery"));
      shape.put("delivered_at", at.toString());
      shape.put("redelivery", again);
      shape.put("duration", 0.12);
      shape.put("status", status == 200 ? "OK" : "Invalid HTTP Response: " + status);
      shape.put("status_code", status);
      shape.put("event", webhook.delivery().header("x-github-event"));
      shape.put("action", webhook.action());
      shape.put("installation_id", 1);
      shape.put("repository_id", webhook.repository());
      shape.put("throttled_at", null);
      return shape;
    }
  }

  /** A webhook, however often it is sent. */
  record Webhook(dev.nimbus.core.forge.Delivery delivery, String action, long repository) {}
}
