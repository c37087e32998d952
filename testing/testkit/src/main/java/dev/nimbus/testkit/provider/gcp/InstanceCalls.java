package dev.nimbus.testkit.provider.gcp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers calls about machines. Not thread-safe. */
final class InstanceCalls {
  private static final Pattern FILTER =
      Pattern.compile("labels\\.([a-z_-]+) ?= ?\"?([a-z0-9_-]+)\"?");
  private static final int PAGE = 500;

  private final Project project;
  private final Operations operations;
  private final Deque<Said> refusals = new ArrayDeque<>();
  private final Deque<Operations.Failure> failures = new ArrayDeque<>();
  private boolean listedLate;
  private int page = PAGE;
  private int slow;

  InstanceCalls(Project project, Operations operations) {
    this.project = project;
    this.operations = operations;
  }

  void refuseNext(Said refusal) {
    refusals.add(refusal);
  }

  void failNext(String code, String message) {
    failures.add(new Operations.Failure(code, message));
  }

  void listNextLate() {
    listedLate = true;
  }

  void pagesOf(int size) {
    page = size;
  }

  void waitInVain(int times) {
    slow = times;
  }

  Said insert(Asked asked) {
    if (!refusals.isEmpty()) {
      return refusals.poll();
    }
    var id = asked.parameter("requestId");
    if (!id.isEmpty() && !uuid(id)) {
      return Said.error(400, "invalid", "Invalid value for field 'requestId': '%s'".formatted(id));
    }
    return operations
        .of(asked)
        .map(Said::fine)
        .orElseGet(() -> begun(asked, (ObjectNode) asked.body()));
  }

  private Said begun(Asked asked, ObjectNode body) {
    var zone = asked.word("zone");
    var name = body.path("name").asString();
    var refusal = InsertRules.refusal(zone, body);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (project.machine(zone, name).isPresent()) {
      var what = "projects/%s/zones/%s/instances/%s".formatted(Project.NAME, zone, name);
      return Said.error(409, "alreadyExists", "The resource '%s' already exists".formatted(what));
    }
    var failure = failures.isEmpty() ? Operations.Failure.NONE : failures.poll();
    var machine = project.make(zone, body, !listedLate);
    listedLate = false;
    return Said.fine(
        operations.begin(asked, "insert", machine, () -> ended(machine, zone, name, failure)));
  }

  private Operations.Failure ended(
      ObjectNode machine, String zone, String name, Operations.Failure failure) {
    if (failure.code().isEmpty()) {
      machine.put("status", "RUNNING");
    } else {
      project.end(zone, name);
    }
    return failure;
  }

  Said wait(Asked asked) {
    var name = asked.word("operation");
    if (slow > 0) {
      slow--;
    } else {
      operations.finish(name);
    }
    return operations.named(name).map(Said::fine).orElseGet(() -> Said.notFound(name));
  }

  Said get(Asked asked) {
    return project
        .machine(asked.word("zone"), asked.word("instance"))
        .map(Said::fine)
        .orElseGet(() -> missing(asked));
  }

  Said delete(Asked asked) {
    return project
        .machine(asked.word("zone"), asked.word("instance"))
        .map(machine -> deleted(asked, machine))
        .orElseGet(() -> missing(asked));
  }

  private Said deleted(Asked asked, ObjectNode machine) {
    machine.put("status", "STOPPING");
    return Said.fine(
        operations.begin(
            asked,
            "delete",
            machine,
            () -> {
              project.end(asked.word("zone"), asked.word("instance"));
              return Operations.Failure.NONE;
            }));
  }

  private static Said missing(Asked asked) {
    return Said.notFound(
        "projects/%s/zones/%s/instances/%s"
            .formatted(Project.NAME, asked.word("zone"), asked.word("instance")));
  }

  Said list(Asked asked) {
    var filter = FILTER.matcher(asked.parameter("filter"));
    if (!filter.matches()) {
      return Said.error(400, "invalid", "Invalid value for field 'filter'");
    }
    var all = project.labelled(filter.group(1), filter.group(2));
    var token = asked.parameter("pageToken");
    var from = token.isEmpty() ? 0 : Integer.parseInt(token.replace("from-", ""));
    var to = Math.min(all.size(), from + page);
    var answer =
        JsonMapper.shared().createObjectNode().put("kind", "compute#instanceAggregatedList");
    answer.put("id", "projects/%s/aggregated/instances".formatted(Project.NAME));
    var items = answer.putObject("items");
    Project.ZONES.forEach(zone -> scope(items, zone));
    all.subList(from, to).forEach(one -> add(items, one));
    if (to < all.size()) {
      answer.put("nextPageToken", "from-" + to);
    }
    if (!project.down().isEmpty()) {
      var missing = answer.putArray("unreachables");
      project
          .down()
          .forEach(zone -> missing.add("projects/%s/zones/%s".formatted(Project.NAME, zone)));
    }
    return Said.fine(answer);
  }

  private void scope(ObjectNode items, String zone) {
    var code = project.down().contains(zone) ? "UNREACHABLE" : "NO_RESULTS_ON_PAGE";
    items
        .putObject("zones/" + zone)
        .putObject("warning")
        .put("code", code)
        .put("message", "There are no results for scope 'zones/%s' on this page.".formatted(zone));
  }

  private static void add(ObjectNode items, JsonNode machine) {
    var scope = (ObjectNode) items.path("zones/" + Project.last(machine.path("zone").asString()));
    scope.remove("warning");
    scope.withArray("instances").add(machine);
  }

  private static boolean uuid(String text) {
    try {
      return UUID.fromString(text).toString().equals(text)
          && !text.replaceAll("[0-]", "").isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
