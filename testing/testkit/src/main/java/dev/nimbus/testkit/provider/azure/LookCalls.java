package dev.nimbus.testkit.provider.azure;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers calls that only look. Not thread-safe. */
final class LookCalls {
  static final String NETWORK = Group.NETWORKS + "/providers/Microsoft.Network/virtualNetworks/ci";
  static final String SECURITY_GROUP =
      Group.NETWORKS + "/providers/Microsoft.Network/networkSecurityGroups/closed";

  private final Permits permits;
  private final Map<String, Integer> used = new HashMap<>();
  private final Set<String> restricted = new HashSet<>();

  LookCalls(Permits permits) {
    this.permits = permits;
  }

  /** Uses so many of 24. */
  void use(String quota, int amount) {
    used.put(quota, amount);
  }

  /** Lets the subscription not have a size. */
  void restrict(String size) {
    restricted.add(size);
  }

  Said group() {
    var said = node().put("id", Group.PATH).put("name", Group.NAME).put("location", "westeurope");
    said.put("type", "Microsoft.Resources/resourceGroups");
    said.putObject("properties").put("provisioningState", "Succeeded");
    return Said.fine(said);
  }

  Said permissions() {
    var said = node();
    var one = said.putArray("value").addObject();
    one.putArray("actions").add("Microsoft.*");
    var not = one.putArray("notActions");
    permits.denied().forEach(not::add);
    return Said.fine(said);
  }

  Said resource(Call call) {
    return switch (call.path().replaceFirst("/subnets/.*", "/subnets")) {
      case NETWORK -> Said.fine(located(call.path()));
      case NETWORK + "/subnets" ->
          call.last().equals("runners")
              ? Said.fine(node().put("id", call.path()).put("name", call.last()))
              : Said.notFound(call.path());
      case SECURITY_GROUP -> Said.fine(located(call.path()));
      case MachineRules.GALLERY -> {
        var image = located(call.path());
        image.putObject("properties").put("architecture", "x64").put("hyperVGeneration", "V2");
        yield Said.fine(image);
      }
      default -> Said.notFound(call.path());
    };
  }

  Said sizes(Call call) {
    var location = call.parameter("$filter").replaceAll(".*'([a-z0-9]+)'.*", "$1");
    var said = node();
    var value = said.putArray("value");
    MachineRules.SIZES.forEach((name, chip) -> value.add(size(location, name, chip)));
    value.addObject().put("resourceType", "disks").put("name", "Premium_LRS");
    return Said.fine(said);
  }

  private ObjectNode size(String location, String name, String chip) {
    var size = node().put("resourceType", "virtualMachines").put("name", name);
    size.put("family", "standardDSv5Family").putArray("locations").add(location);
    var traits = size.putArray("capabilities");
    traits.addObject().put("name", "CpuArchitectureType").put("value", chip);
    traits.addObject().put("name", "HyperVGenerations").put("value", "V1,V2");
    var restrictions = size.putArray("restrictions");
    if (restricted.contains(name)) {
      restrictions
          .addObject()
          .put("type", "Location")
          .put("reasonCode", "NotAvailableForSubscription")
          .putArray("values")
          .add(location);
    }
    return size;
  }

  Said usages() {
    var said = node();
    var value = said.putArray("value");
    for (var name : List.of("cores", "virtualMachines", "standardDSv5Family", "lowPriorityCores")) {
      var one = value.addObject().put("unit", "Count").put("limit", 24);
      one.put("currentValue", used.getOrDefault(name, 0));
      one.putObject("name").put("value", name).put("localizedValue", name);
    }
    return Said.fine(said);
  }

  /** The newest version of an offered image; a list of its own, not within anything. */
  Said versions(Call call) {
    var all = JsonMapper.shared().createArrayNode();
    if (call.path().contains("/offers/ubuntu-24_04-lts/")) {
      all.addObject()
          .put("name", "24.04.202611010")
          .put("location", "westeurope")
          .put("id", call.path() + "/24.04.202611010");
    }
    return Said.fine(all);
  }

  Said version(Call call) {
    var generation = call.path().contains("gen1") ? "V1" : "V2";
    var image = located(call.path());
    image.remove("type");
    image.putObject("properties").put("architecture", "x64").put("hyperVGeneration", generation);
    return Said.fine(image);
  }

  private static ObjectNode located(String id) {
    var types = id.replaceFirst(".*/providers/", "").split("/", -1);
    return node()
        .put("id", id)
        .put("name", id.substring(id.lastIndexOf('/') + 1))
        .put("type", types[0] + "/" + types[1])
        .put("location", "westeurope");
  }

  private static ObjectNode node() {
    return JsonMapper.shared().createObjectNode();
  }
}
