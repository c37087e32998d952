package dev.nimbus.testkit.provider.gcp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is in the zones of the one project there is. Not thread-safe. */
final class Project {
  static final String NAME = "acme-ci";
  static final String ADDRESS = "https://www.googleapis.com/compute/v1/projects/" + NAME;
  static final String NOW = "2026-11-25T06:12:00.123-08:00";
  static final Set<String> ZONES =
      new TreeSet<>(Set.of("europe-west3-a", "europe-west3-b", "us-east1-c"));
  static final Set<String> TYPES = Set.of("e2-small", "e2-standard-4", "n2-standard-4");
  static final Set<String> IMAGES =
      Set.of(
          "projects/debian-cloud/global/images/family/debian-12",
          "projects/debian-cloud/global/images/debian-12-bookworm-v20261105",
          "projects/acme-ci/global/images/runner-7");

  private final Map<String, ObjectNode> machines = new TreeMap<>();
  private final Map<String, Double> used = new HashMap<>();
  private final Set<String> hidden = new HashSet<>();
  private final Set<String> down = new HashSet<>();
  private long made;

  static String region(String zone) {
    return zone.substring(0, zone.lastIndexOf('-'));
  }

  Optional<ObjectNode> machine(String zone, String name) {
    return Optional.ofNullable(machines.get(zone + "/" + name));
  }

  /** Makes what a body asks for. */
  ObjectNode make(String zone, ObjectNode body, boolean listed) {
    var name = body.path("name").asString();
    var machine = body.deepCopy();
    made++;
    var type = last(body.path("machineType").asString());
    machine
        .put("kind", "compute#instance")
        .put("id", String.valueOf(4_000_000_000_000_000_000L + made))
        .put("creationTimestamp", NOW)
        .put("status", "PROVISIONING")
        .put("zone", "%s/zones/%s".formatted(ADDRESS, zone))
        .put("machineType", "%s/zones/%s/machineTypes/%s".formatted(ADDRESS, zone, type))
        .put("selfLink", "%s/zones/%s/instances/%s".formatted(ADDRESS, zone, name));
    machine
        .path("disks")
        .forEach(
            disk -> {
              ((ObjectNode) disk).remove("initializeParams");
              ((ObjectNode) disk)
                  .put("source", "%s/zones/%s/disks/%s".formatted(ADDRESS, zone, name));
            });
    machines.put(zone + "/" + name, machine);
    if (!listed) {
      hidden.add(zone + "/" + name);
    }
    return machine;
  }

  void end(String zone, String name) {
    machines.remove(zone + "/" + name);
    hidden.remove(zone + "/" + name);
  }

  void status(String name, String status) {
    machines.values().stream()
        .filter(one -> one.path("name").asString().equals(name))
        .forEach(one -> one.put("status", status));
  }

  void show() {
    hidden.clear();
  }

  Set<String> down() {
    return down;
  }

  List<ObjectNode> all() {
    return List.copyOf(machines.values());
  }

  /** Those that carry a label, in the order of their zones. */
  List<ObjectNode> labelled(String key, String value) {
    var found = new ArrayList<ObjectNode>();
    machines.forEach(
        (where, one) -> {
          if (!hidden.contains(where) && one.path("labels").path(key).asString("").equals(value)) {
            found.add(one);
          }
        });
    return found;
  }

  void use(String metric, double amount) {
    used.put(metric, amount);
  }

  ObjectNode regionNode(String region) {
    var node =
        JsonMapper.shared()
            .createObjectNode()
            .put("kind", "compute#region")
            .put("name", region)
            .put("status", "UP");
    var quotas = node.putArray("quotas");
    for (var metric : List.of("CPUS", "N2_CPUS", "INSTANCES", "SSD_TOTAL_GB", "IN_USE_ADDRESSES")) {
      quotas
          .addObject()
          .put("metric", metric)
          .put("limit", 24.0)
          .put("usage", used.getOrDefault(metric, 0.0));
    }
    return node;
  }

  static String last(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }
}
