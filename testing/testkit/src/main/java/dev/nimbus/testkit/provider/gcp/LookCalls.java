package dev.nimbus.testkit.provider.gcp;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers calls that look what there is besides machines. Not thread-safe. */
final class LookCalls {
  private final Project project;
  private final Permits permits;

  LookCalls(Project project, Permits permits) {
    this.project = project;
    this.permits = permits;
  }

  Said zone(Asked asked) {
    var name = asked.word("zone");
    return Project.ZONES.contains(name)
        ? Said.fine(node("zone", name).put("status", project.down().contains(name) ? "DOWN" : "UP"))
        : Said.notFound("projects/%s/zones/%s".formatted(Project.NAME, name));
  }

  Said region(Asked asked) {
    var name = asked.word("region");
    return Project.ZONES.stream().map(Project::region).anyMatch(name::equals)
        ? Said.fine(project.regionNode(name))
        : Said.notFound("projects/%s/regions/%s".formatted(Project.NAME, name));
  }

  Said type(Asked asked) {
    var name = asked.word("machineType");
    return Project.TYPES.contains(name)
        ? Said.fine(node("machineType", name).put("guestCpus", 4))
        : Said.notFound("machineTypes/" + name);
  }

  Said image(Asked asked) {
    var family = asked.word("family");
    var name = family.isEmpty() ? asked.word("image") : "family/" + family;
    var path = "projects/%s/global/images/%s".formatted(asked.word("project"), name);
    return Project.IMAGES.contains(path)
        ? Said.fine(node("image", Project.last(path)).put("status", "READY"))
        : Said.notFound(path);
  }

  Said network(Asked asked) {
    var name = asked.word("network");
    return name.equals("default") || name.equals("custom")
        ? Said.fine(node("network", name).put("autoCreateSubnetworks", name.equals("default")))
        : Said.notFound("global/networks/" + name);
  }

  Said subnetwork(Asked asked) {
    var name = asked.word("subnetwork");
    return name.equals("runners")
        ? Said.fine(node("subnetwork", name))
        : Said.notFound("regions/%s/subnetworks/%s".formatted(asked.word("region"), name));
  }

  Said permissions(Asked asked) {
    var answer = JsonMapper.shared().createObjectNode();
    var there = answer.putArray("permissions");
    asked
        .at("/permissions")
        .valueStream()
        .map(one -> one.asString())
        .filter(permits::given)
        .forEach(there::add);
    return Said.fine(answer);
  }

  private static ObjectNode node(String kind, String name) {
    return JsonMapper.shared().createObjectNode().put("kind", "compute#" + kind).put("name", name);
  }
}
