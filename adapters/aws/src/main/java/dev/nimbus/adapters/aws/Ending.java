package dev.nimbus.adapters.aws;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.InstanceRef;
import java.util.List;

/** Ends machines of ours, and no others. */
final class Ending {
  private final Ec2 ec2;
  private final Sightings sightings;
  private final ControllerId controller;

  Ending(Ec2 ec2, Sightings sightings, ControllerId controller) {
    this.ec2 = ec2;
    this.sightings = sightings;
    this.controller = controller;
  }

  void terminate(InstanceRef machine) {
    if (!machine.name().controller().equals(controller)) {
      throw denied(machine, "it is not of controller " + controller);
    }
    try {
      var ids = machine.id().isEmpty() ? idsOf(machine) : List.of(believed(machine));
      if (!ids.isEmpty()) {
        end(ids);
      }
    } catch (Refusal e) {
      throw e.failure("terminate " + machine);
    }
  }

  private List<String> idsOf(InstanceRef machine) {
    return sightings.named(machine.name()).stream()
        .filter(one -> one.is(machine.name()) && !one.ended())
        .map(Sighting::id)
        .toList();
  }

  /**
   * The id, when the machine it stands for is the one that is meant. One that EC2 does not show is
   * gone or made only just now; then our own record, which is from EC2's answer, must do.
   */
  private String believed(InstanceRef machine) {
    for (var seen : sightings.byId(machine.id())) {
      if (!seen.is(machine.name())) {
        var whose = seen.name().isEmpty() ? "not one of ours" : "'" + seen.name() + "'";
        throw denied(machine, "by its tags that is " + whose);
      }
    }
    return machine.id();
  }

  private void end(List<String> ids) {
    try {
      ec2.ask(
          Action.TERMINATE_INSTANCES,
          client -> client.terminateInstances(request -> request.instanceIds(ids)));
    } catch (Refusal e) {
      if (e.meaning() != Meaning.GONE) {
        throw e;
      }
    }
  }

  private static NimbusException denied(InstanceRef machine, String why) {
    return new NimbusException(Kind.DENIED, "Cannot terminate %s: %s".formatted(machine, why));
  }
}
