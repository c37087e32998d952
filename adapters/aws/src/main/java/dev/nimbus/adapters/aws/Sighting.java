package dev.nimbus.adapters.aws;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Owner;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * A machine as EC2 describes it.
 *
 * @param tags those of ours it carries
 */
record Sighting(
    software.amazon.awssdk.services.ec2.model.Instance machine, Map<String, String> tags) {
  private static final String OURS = "nimbus-";

  static Sighting of(software.amazon.awssdk.services.ec2.model.Instance machine) {
    return new Sighting(machine, ours(machine.tags()));
  }

  /** The tags that Nimbus writes, of all that something carries. */
  static Map<String, String> ours(List<Tag> tags) {
    var ours = new TreeMap<String, String>();
    for (var tag : tags) {
      if (tag.key().startsWith(OURS)) {
        ours.put(tag.key(), tag.value());
      }
    }
    return ours;
  }

  String id() {
    return machine.instanceId();
  }

  /** Its name by its tags; empty for none. */
  String name() {
    return tags.getOrDefault(Owner.MACHINE, "");
  }

  /** Whether it carries this controller's tag and a name of it. */
  boolean madeBy(ControllerId controller) {
    return controller.value().equals(tags.getOrDefault(Owner.CONTROLLER, ""))
        && MachineName.fits(name())
        && new MachineName(name()).controller().equals(controller);
  }

  boolean is(MachineName wanted) {
    return madeBy(wanted.controller()) && name().equals(wanted.value());
  }

  /** Whether it is over, or about to be. */
  boolean ended() {
    var state = machine.state().name();
    return state == InstanceStateName.TERMINATED || state == InstanceStateName.SHUTTING_DOWN;
  }

  /** What it is to the rest of Nimbus; only for one with a name of ours. */
  Instance instance() {
    var place = machine.placement() == null ? "" : machine.placement().availabilityZone();
    return new Instance(
        new InstanceRef(new MachineName(name()), place, id()),
        machine.instanceTypeAsString(),
        state(),
        tags,
        machine.launchTime());
  }

  private Instance.State state() {
    return switch (machine.state().name()) {
      case PENDING -> Instance.State.STARTING;
      case STOPPING, STOPPED -> Instance.State.STOPPED;
      case SHUTTING_DOWN, TERMINATED -> Instance.State.ENDING;
      case RUNNING, UNKNOWN_TO_SDK_VERSION -> Instance.State.RUNNING;
    };
  }
}
