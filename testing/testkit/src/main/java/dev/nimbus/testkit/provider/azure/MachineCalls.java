package dev.nimbus.testkit.provider.azure;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers calls about machines. Not thread-safe. */
final class MachineCalls {
  private static final Group.Status RUNS = new Group.Status("PowerState/running", "");
  private static final Group.Status MADE = new Group.Status("ProvisioningState/succeeded", "");

  private final Group group;
  private final Deque<Said> refusals = new ArrayDeque<>();
  private final Deque<Group.Status> failures = new ArrayDeque<>();
  private final Map<String, Operation> operations = new HashMap<>();
  private String base = "";
  private String nextPage = "";
  private boolean late;
  private int slow;
  private int page = 50;
  private int pagesUntilFailure = Integer.MAX_VALUE;

  MachineCalls(Group group) {
    this.group = group;
  }

  void listenAt(String address) {
    base = address;
    nextPage = address;
  }

  void refuseNext(Said refusal) {
    refusals.add(refusal);
  }

  /** The next machine is begun, and fails so. */
  void failNext(String code, String message) {
    failures.add(new Group.Status(code, message));
  }

  void listNextLate() {
    late = true;
  }

  void waitInVain(int times) {
    slow = times;
  }

  void pagesOf(int size) {
    page = size;
  }

  /** Sends whoever reads the next page somewhere else. */
  void continueAt(String address) {
    nextPage = address;
  }

  /** Answers so many pages, and then none. */
  void losePagesAfter(int pages) {
    pagesUntilFailure = pages;
  }

  Said put(Call call) {
    if (!refusals.isEmpty()) {
      return refusals.poll();
    }
    var there = group.machine(call.last());
    if (there.isPresent()) {
      return call.header("if-none-match").equals("*")
          ? Said.error(
              412, "PreconditionFailed", "The condition specified by If-None-Match is not met.")
          : Said.fine(there.get());
    }
    return MachineRules.refusal(call.body()).orElseGet(() -> begun(call));
  }

  private Said begun(Call call) {
    var machine = group.make(call.last(), call.body(), late);
    late = false;
    var failure = failures.isEmpty() ? MADE : failures.poll();
    return begin(Said.fine(machine.deepCopy()).as(201), call.last(), failure);
  }

  Said get(Call call) {
    return group
        .machine(call.last())
        .map(
            one ->
                call.parameter("$expand").equals("instanceView")
                    ? group.withView(one)
                    : one.deepCopy())
        .map(Said::fine)
        .orElseGet(() -> Said.notFound("Microsoft.Compute/virtualMachines/" + call.last()));
  }

  Said delete(Call call) {
    if (group.machine(call.last()).isEmpty()) {
      return Said.empty(204);
    }
    group.state(call.last(), "Deleting", List.of());
    return begin(Said.empty(202), call.last(), new Group.Status("", ""));
  }

  /** Those of the group; or, of the whole subscription, only how they do. */
  Said list(Call call, boolean ofAll) {
    if (pagesUntilFailure-- <= 0) {
      return Said.error(500, "InternalServerError", "The server encountered an error.");
    }
    var all = group.listed();
    var from = Integer.parseInt("0" + call.parameter("$skiptoken"));
    var body = JsonMapper.shared().createObjectNode();
    var value = body.putArray("value");
    all.stream().skip(from).limit(page).forEach(one -> value.add(ofAll ? view(one) : one));
    if (ofAll && from == 0) {
      value.add(ofAnotherGroup());
    }
    if (from + page < all.size()) {
      body.put(
          "nextLink",
          "%s%s?%s&$skiptoken=%d"
              .formatted(
                  nextPage,
                  call.path(),
                  ofAll ? "statusOnly=true&api-version=2025-04-01" : "api-version=2025-04-01",
                  from + page));
    }
    return Said.fine(body);
  }

  Said operation(Call call) {
    var operation = operations.get(call.last());
    if (operation == null) {
      return Said.notFound(call.last());
    }
    if (slow > 0) {
      slow--;
    } else {
      finish(operation);
    }
    return Said.fine(operation.said());
  }

  /** Lets everything happen that was begun. */
  void finishAll() {
    operations.values().forEach(this::finish);
  }

  private Said begin(Said said, String machine, Group.Status end) {
    var id =
        UUID.nameUUIDFromBytes((machine + operations.size()).getBytes(StandardCharsets.UTF_8))
            .toString();
    operations.put(id, new Operation(id, machine, end, new AtomicBoolean()));
    return said.with(
            "Azure-AsyncOperation",
            "%s/subscriptions/%s/providers/Microsoft.Compute/locations/westeurope/operations/%s?api-version=2025-04-01"
                .formatted(base, Group.SUBSCRIPTION, id))
        .with("Retry-After", "1");
  }

  private void finish(Operation operation) {
    if (operation.done().getAndSet(true)) {
      return;
    }
    if (operation.end().code().isEmpty()) {
      group.end(operation.machine());
    } else if (operation.end().equals(MADE)) {
      if (!group.machine(operation.machine()).map(MachineCalls::deleting).orElse(true)) {
        group.state(operation.machine(), "Succeeded", List.of(MADE, RUNS));
      }
    } else {
      group.state(
          operation.machine(),
          "Failed",
          List.of(
              new Group.Status(
                  "ProvisioningState/failed/" + operation.end().code(),
                  operation.end().message())));
    }
  }

  private static boolean deleting(JsonNode machine) {
    return machine.at("/properties/provisioningState").asString("").equals("Deleting");
  }

  private ObjectNode view(ObjectNode machine) {
    var whole = group.withView(machine);
    var small = JsonMapper.shared().createObjectNode();
    for (var name : List.of("id", "name", "type", "location")) {
      small.set(name, whole.get(name));
    }
    small.putObject("properties").set("instanceView", whole.at("/properties/instanceView"));
    return small;
  }

  /** What there is in every subscription, and is none of our business. */
  private static ObjectNode ofAnotherGroup() {
    var one =
        JsonMapper.shared()
            .createObjectNode()
            .put("name", "mail")
            .put("location", "westeurope")
            .put("type", "Microsoft.Compute/virtualMachines")
            .put(
                "id",
                "/subscriptions/%s/resourceGroups/office/providers/Microsoft.Compute/virtualMachines/mail"
                    .formatted(Group.SUBSCRIPTION));
    one.putObject("properties");
    return one;
  }

  private record Operation(String id, String machine, Group.Status end, AtomicBoolean done) {
    ObjectNode said() {
      var said =
          JsonMapper.shared()
              .createObjectNode()
              .put("startTime", Group.NOW)
              .put("name", id)
              .put("status", "InProgress");
      if (!done.get()) {
        return said;
      }
      said.put("endTime", Group.NOW).put("status", "Succeeded");
      if (!end.message().isEmpty()) {
        said.put("status", "Failed")
            .putObject("error")
            .put("code", end.code())
            .put("message", end.message());
      }
      return said;
    }
  }
}
