package dev.nimbus.adapters.azure;

import com.azure.resourcemanager.resources.fluent.models.GenericResourceExpandedInner;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Owner;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that was made for a machine: a network interface, a disk or a public address. It goes
 * with its machine, unless making that failed midway.
 *
 * @param id of the resource
 * @param tags those of ours it carries
 */
record Leftover(
    MachineName machine,
    Part part,
    String id,
    String location,
    Map<String, String> tags,
    Instant createdAt) {
  /** What is found by its name after all that follows it; Azure may add to names of interfaces. */
  private static final Pattern NAME =
      Pattern.compile("(nb-[a-z][a-z0-9]{7}-[a-z0-9]{8,32})-(nic|ip|os)([-_.].{0,60})?");

  /** In the order they can be removed in. */
  enum Part {
    CARD("Microsoft.Network/networkInterfaces", "nic", "2024-05-01"),
    ADDRESS("Microsoft.Network/publicIPAddresses", "ip", "2024-05-01"),
    DISK("Microsoft.Compute/disks", "os", "2025-01-02");

    private final String type;
    private final String word;
    private final String version;

    Part(String type, String word, String version) {
      this.type = type;
      this.word = word;
      this.version = version;
    }

    String type() {
      return type;
    }

    /** Of the interface of Azure by which it is removed. */
    String version() {
      return version;
    }

    private boolean is(String type, String word) {
      return this.type.equalsIgnoreCase(type) && this.word.equals(word);
    }
  }

  static String card(MachineName machine) {
    return machine + "-nic";
  }

  static String address(MachineName machine) {
    return machine + "-ip";
  }

  static String disk(MachineName machine) {
    return machine + "-os";
  }

  /**
   * The same, of a resource that was made for a machine of a controller. Its name says so, and no
   * tag says otherwise; disks have none.
   */
  static Optional<Leftover> of(GenericResourceExpandedInner resource, ControllerId controller) {
    var name = NAME.matcher(String.valueOf(resource.name()));
    var tags = Sighting.ours(resource.tags());
    if (!name.matches()
        || !controller.value().equals(tags.getOrDefault(Owner.CONTROLLER, controller.value()))
        || !name.group(1).equals(tags.getOrDefault(Owner.MACHINE, name.group(1)))) {
      return Optional.empty();
    }
    var machine = new MachineName(name.group(1));
    for (var part : Part.values()) {
      if (part.is(resource.type(), name.group(2)) && machine.controller().equals(controller)) {
        return Optional.of(
            new Leftover(
                machine,
                part,
                resource.id(),
                Place.of(resource.location(), null).location(),
                tags,
                resource.createdTime() == null
                    ? Instant.EPOCH
                    : resource.createdTime().toInstant()));
      }
    }
    return Optional.empty();
  }

  /** What it is to the rest of Nimbus: something that does nothing and is paid for. */
  Instance instance() {
    return new Instance(
        new InstanceRef(machine, location, id), "", Instance.State.STOPPED, tags, createdAt);
  }
}
