package dev.nimbus.testkit.provider.gcp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What was begun in the zones of a project, and by which request. Not thread-safe. */
final class Operations {
  private final Map<String, Begun> byName = new HashMap<>();
  private final Map<String, String> byRequest = new HashMap<>();

  /**
   * Why something failed after it had begun.
   *
   * @param code such as {@code QUOTA_EXCEEDED}; empty where it did not fail
   */
  record Failure(String code, String message) {
    static final Failure NONE = new Failure("", "");
  }

  /**
   * Begins something.
   *
   * @param end what happens when it is done
   */
  ObjectNode begin(Asked asked, String type, ObjectNode target, Supplier<Failure> end) {
    var name = "operation-" + (byName.size() + 1);
    var zone = "%s/zones/%s".formatted(Project.ADDRESS, asked.word("zone"));
    var operation =
        JsonMapper.shared()
            .createObjectNode()
            .put("kind", "compute#operation")
            .put("id", String.valueOf(7_000_000 + byName.size()))
            .put("name", name)
            .put("operationType", type)
            .put("targetLink", target.path("selfLink").asString())
            .put("targetId", target.path("id").asString())
            .put("status", "PENDING")
            .put("progress", 0)
            .put("insertTime", Project.NOW)
            .put("zone", zone)
            .put("selfLink", zone + "/operations/" + name);
    if (!asked.parameter("requestId").isEmpty()) {
      operation.put("clientOperationId", asked.parameter("requestId"));
      byRequest.put(asked.parameter("requestId"), name);
    }
    byName.put(name, new Begun(operation, end));
    return operation;
  }

  /** What the same request began before. */
  Optional<ObjectNode> of(Asked asked) {
    return named(byRequest.getOrDefault(asked.parameter("requestId"), ""));
  }

  Optional<ObjectNode> named(String name) {
    return Optional.ofNullable(byName.get(name)).map(Begun::operation);
  }

  /** Lets it come to its end. */
  void finish(String name) {
    Optional.ofNullable(byName.get(name)).ifPresent(Begun::finish);
  }

  void finishAll() {
    byName.values().forEach(Begun::finish);
  }

  /** Knows no more which request was made before. */
  void forgetRequests() {
    byRequest.clear();
  }

  private record Begun(ObjectNode operation, Supplier<Failure> end) {
    void finish() {
      if (operation.path("status").asString().equals("DONE")) {
        return;
      }
      var failure = end.get();
      operation.put("status", "DONE").put("progress", 100).put("endTime", Project.NOW);
      if (!failure.code().isEmpty()) {
        operation.put("httpErrorStatusCode", 503).put("httpErrorMessage", "SERVICE UNAVAILABLE");
        operation
            .putObject("error")
            .putArray("errors")
            .addObject()
            .put("code", failure.code())
            .put("message", failure.message());
      }
    }
  }
}
