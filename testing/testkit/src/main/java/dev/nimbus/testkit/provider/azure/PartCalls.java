package dev.nimbus.testkit.provider.azure;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers calls about what belongs to machines. Not thread-safe. */
final class PartCalls {
  private static final Pattern TYPE = Pattern.compile("resourceType eq '([A-Za-z./]+)'");

  private final Group group;
  private final Set<String> reserved = new HashSet<>();

  PartCalls(Group group) {
    this.group = group;
  }

  /** Keeps what belongs to a machine from being removed, as Azure does for three minutes. */
  void reserve(String machine) {
    reserved.add(machine);
  }

  void release() {
    reserved.clear();
  }

  Said list(Call call) {
    var types = new HashSet<String>();
    TYPE.matcher(call.parameter("$filter"))
        .results()
        .forEach(found -> types.add(found.group(1).toLowerCase(Locale.ROOT)));
    var body = JsonMapper.shared().createObjectNode();
    var value = body.putArray("value");
    for (var part : group.parts()) {
      if (types.contains(part.path("type").asString().toLowerCase(Locale.ROOT))) {
        var said = part.deepCopy();
        if (!call.parameter("$expand").contains("createdTime")) {
          said.remove("createdTime");
        }
        value.add(said);
      }
    }
    return Said.fine(body);
  }

  Said delete(Call call) {
    var found = group.part(call.path());
    if (found.isEmpty()) {
      return Said.empty(204);
    }
    var machine = group.of(found.get());
    if (group.machine(machine).isPresent()) {
      return Said.error(409, "OperationNotAllowed", "It is attached to VM " + machine);
    }
    if (reserved.contains(machine)) {
      return Said.error(
          400,
          "NicReservedForAnotherVm",
          "Nic(s) in request is reserved for another Virtual Machine for 180 seconds.");
    }
    if (isAddress(found.get()) && hasCard(machine)) {
      return Said.error(400, "PublicIPAddressCannotBeDeleted", "It is still allocated.");
    }
    group.removePart(call.path());
    return Said.empty(202);
  }

  private boolean hasCard(String machine) {
    return group.parts().stream()
        .anyMatch(
            part ->
                group.of(part).equals(machine)
                    && part.path("type").asString().endsWith("/networkInterfaces"));
  }

  private static boolean isAddress(ObjectNode part) {
    return part.path("type").asString().endsWith("/publicIPAddresses");
  }
}
