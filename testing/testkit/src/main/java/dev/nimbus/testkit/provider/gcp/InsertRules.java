package dev.nimbus.testkit.provider.gcp;

import java.util.HashSet;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What Google wants of a machine beyond what its schema says. */
final class InsertRules {
  private static final String LABEL = "[a-z0-9_-]{0,63}";
  private static final int LONGEST_VALUE = 262_144;

  private InsertRules() {}

  /** Why there can be no such machine. */
  static Optional<Said> refusal(String zone, JsonNode body) {
    return place(zone, body)
        .or(() -> scheduling(body))
        .or(() -> texts(body))
        .or(() -> disks(body))
        .or(() -> network(zone, body));
  }

  private static Optional<Said> place(String zone, JsonNode body) {
    if (!Project.ZONES.contains(zone)) {
      return Optional.of(Said.notFound("projects/%s/zones/%s".formatted(Project.NAME, zone)));
    }
    var type = body.path("machineType").asString("");
    return type.startsWith("zones/" + zone + "/machineTypes/")
            && Project.TYPES.contains(Project.last(type))
        ? Optional.empty()
        : invalid("resource.machineType", type, "The referenced resource does not exist.");
  }

  private static Optional<Said> scheduling(JsonNode body) {
    var how = body.path("scheduling");
    var spot = how.path("provisioningModel").asString("").equals("SPOT");
    var ends = how.path("onHostMaintenance").asString("").equals("TERMINATE");
    var type = Project.last(body.path("machineType").asString());
    if (type.startsWith("e2-") && ends && !spot) {
      return bad("e2 instances do not support onHostMaintenance=TERMINATE unless preemptible.");
    }
    if (spot && (!ends || how.path("automaticRestart").asBoolean(true))) {
      return bad("Scheduling must have preemptible be false when AutomaticRestart is true.");
    }
    var seconds = how.path("maxRunDuration").path("seconds").asString("");
    if (!seconds.isEmpty() && how.path("instanceTerminationAction").isMissingNode()) {
      return bad("A termination action is needed with a maximal run duration.");
    }
    return seconds.isEmpty() || within(Long.parseLong(seconds), 30, 120 * 86_400)
        ? Optional.empty()
        : invalid("resource.scheduling.maxRunDuration", seconds, "30 seconds to 120 days.");
  }

  private static boolean within(long value, long least, long most) {
    return value >= least && value <= most;
  }

  private static Optional<Said> texts(JsonNode body) {
    for (var label : body.path("labels").properties()) {
      if (!label.getKey().matches("[a-z]" + LABEL.replace("63", "62"))
          || !label.getValue().asString().matches(LABEL)) {
        return invalid("resource.labels", label.toString(), "Not a label.");
      }
    }
    var keys = new HashSet<String>();
    for (var item : body.path("metadata").path("items")) {
      if (!keys.add(item.path("key").asString())
          || item.path("value").asString().length() > LONGEST_VALUE) {
        return invalid("resource.metadata", item.path("key").asString(), "Twice, or too long.");
      }
    }
    return Optional.empty();
  }

  private static Optional<Said> disks(JsonNode body) {
    var boot = body.path("disks").path(0);
    var image = boot.path("initializeParams").path("sourceImage").asString("");
    if (!boot.path("boot").asBoolean(false) || !Project.IMAGES.contains(image)) {
      return invalid(
          "resource.disks[0].initializeParams.sourceImage",
          image,
          "The referenced image resource cannot be found.");
    }
    return Optional.empty();
  }

  private static Optional<Said> network(String zone, JsonNode body) {
    var first = body.path("networkInterfaces").path(0);
    var network = first.path("network").asString("");
    var subnetwork = first.path("subnetwork").asString("");
    var known =
        network.endsWith("/global/networks/default")
            || subnetwork.endsWith(
                "/regions/%s/subnetworks/runners".formatted(Project.region(zone)));
    return known
        ? Optional.empty()
        : invalid("resource.networkInterfaces[0]", network + subnetwork, "Not there.");
  }

  private static Optional<Said> bad(String message) {
    return Optional.of(Said.error(400, "badRequest", message));
  }

  private static Optional<Said> invalid(String field, String value, String why) {
    return Optional.of(
        Said.error(
            400, "invalid", "Invalid value for field '%s': '%s'. %s".formatted(field, value, why)));
  }
}
