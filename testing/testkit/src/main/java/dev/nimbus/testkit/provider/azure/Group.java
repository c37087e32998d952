package dev.nimbus.testkit.provider.azure;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A resource group of a subscription, with what is in it. Not thread-safe. */
final class Group {
  static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
  static final String NAME = "ci-runners";
  static final String NETWORKS = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/networks";
  static final String PATH = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/" + NAME;
  static final String NOW = "2026-11-25T12:00:00.1234567+00:00";

  private final Map<String, ObjectNode> machines = new TreeMap<>();
  private final Map<String, List<Status>> statuses = new TreeMap<>();
  private final Map<String, ObjectNode> parts = new TreeMap<>();
  private final Set<String> hidden = new HashSet<>();

  /** What Azure says of how a machine does. */
  record Status(String code, String message) {}

  static String machinePath(String name) {
    return PATH + "/providers/Microsoft.Compute/virtualMachines/" + name;
  }

  Optional<ObjectNode> machine(String name) {
    return Optional.ofNullable(machines.get(key(name)));
  }

  List<ObjectNode> machines() {
    return List.copyOf(machines.values());
  }

  List<ObjectNode> listed() {
    return machines.entrySet().stream()
        .filter(one -> !hidden.contains(one.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Everything but machines. */
  List<ObjectNode> parts() {
    return List.copyOf(parts.values());
  }

  Optional<ObjectNode> part(String id) {
    return Optional.ofNullable(parts.get(key(id)));
  }

  void removePart(String id) {
    parts.remove(key(id));
  }

  /** Begins to make what a body asks for. */
  ObjectNode make(String name, JsonNode body, boolean late) {
    var machine = (ObjectNode) body.deepCopy();
    machine
        .put("name", name)
        .put("id", machinePath(name))
        .put("type", "Microsoft.Compute/virtualMachines")
        .put("etag", "\"1\"");
    var properties = (ObjectNode) machine.get("properties");
    properties
        .put("provisioningState", "Creating")
        .put(
            "vmId",
            UUID.nameUUIDFromBytes((name + machines.size()).getBytes(StandardCharsets.UTF_8))
                .toString())
        .put("timeCreated", NOW);
    if (properties.get("osProfile") instanceof ObjectNode system) {
      system.remove("customData");
    }
    machines.put(key(name), machine);
    state(name, "Creating", List.of(new Status("ProvisioningState/creating", "")));
    makeParts(name, machine);
    if (late) {
      hidden.add(key(name));
    }
    return machine;
  }

  /** Says how a machine does. */
  void state(String name, String provisioning, List<Status> said) {
    machine(name)
        .ifPresent(
            one -> ((ObjectNode) one.get("properties")).put("provisioningState", provisioning));
    statuses.put(key(name), List.copyOf(said));
  }

  /** A machine with how it does. */
  ObjectNode withView(ObjectNode machine) {
    var whole = machine.deepCopy();
    var said =
        ((ObjectNode) whole.get("properties")).putObject("instanceView").putArray("statuses");
    for (var status : statuses.getOrDefault(key(whole.path("name").asString()), List.of())) {
      var one = said.addObject().put("code", status.code()).put("level", "Info");
      if (!status.message().isEmpty()) {
        one.put("level", "Error").put("message", status.message());
      }
    }
    return whole;
  }

  /** Removes a machine, with what goes with it. */
  void end(String name) {
    machines.remove(key(name));
    statuses.remove(key(name));
    hidden.remove(key(name));
    parts.values().removeIf(part -> of(part).equals(name));
  }

  /** Removes a machine without what should go with it. */
  void vanish(String name) {
    machines.remove(key(name));
    statuses.remove(key(name));
  }

  void show() {
    hidden.clear();
  }

  /** The machine something was made for. */
  String of(JsonNode part) {
    return part.path("managedBy").asString("").replaceFirst(".*/", "");
  }

  ObjectNode part(String type, String name, String machine, Map<String, String> tags) {
    var part =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", "%s/providers/%s/%s".formatted(PATH, type, name))
            .put("name", name)
            .put("type", type)
            .put("location", "westeurope")
            .put("createdTime", NOW)
            .put("managedBy", machinePath(machine));
    if (!tags.isEmpty()) {
      var all = part.putObject("tags");
      tags.forEach(all::put);
    }
    parts.put(key(part.path("id").asString()), part);
    return part;
  }

  private void makeParts(String name, ObjectNode machine) {
    var properties = (ObjectNode) machine.get("properties");
    part(
        "Microsoft.Compute/disks",
        properties.at("/storageProfile/osDisk/name").asString(name + "_OsDisk_1"),
        name,
        Map.of());
    var network = (ObjectNode) properties.get("networkProfile");
    if (network == null) {
      return;
    }
    var cards = new ArrayList<ObjectNode>();
    for (var card : network.path("networkInterfaceConfigurations")) {
      cards.add(
          part(
              "Microsoft.Network/networkInterfaces",
              card.path("name").asString() + "-7f3a9c21",
              name,
              tags(card)));
      card.at("/properties/ipConfigurations").forEach(address -> makeAddress(name, address));
    }
    network.remove("networkInterfaceConfigurations");
    network.remove("networkApiVersion");
    var given = network.putArray("networkInterfaces");
    for (var card : cards) {
      given
          .addObject()
          .put("id", card.path("id").asString())
          .putObject("properties")
          .put("deleteOption", "Delete");
    }
  }

  private void makeAddress(String name, JsonNode address) {
    var wanted = address.at("/properties/publicIPAddressConfiguration");
    if (!wanted.isMissingNode()) {
      part(
          "Microsoft.Network/publicIPAddresses",
          wanted.path("name").asString(),
          name,
          tags(wanted));
    }
  }

  private static Map<String, String> tags(JsonNode node) {
    var tags = new TreeMap<String, String>();
    node.path("tags")
        .properties()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString()));
    return tags;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
