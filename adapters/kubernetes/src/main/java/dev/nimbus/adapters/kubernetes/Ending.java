package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.InstanceRef;

/**
 * Ends machines of ours, and no others. What tells a machine is its name, which is never used
 * twice: where its pod was made again, that one goes, too.
 */
final class Ending {
  private final Sightings sightings;
  private final Deletion deletion;
  private final ControllerId controller;

  Ending(Sightings sightings, Deletion deletion, ControllerId controller) {
    this.sightings = sightings;
    this.deletion = deletion;
    this.controller = controller;
  }

  void terminate(InstanceRef machine) {
    if (!machine.name().controller().equals(controller)) {
      throw denied(machine, "it is not of controller " + controller);
    }
    try {
      end(machine);
    } catch (Refusal e) {
      throw e.failure("terminate " + machine);
    }
  }

  /** The secret goes first: what is left after a crash is a pod, which everybody sees. */
  private void end(InstanceRef machine) {
    var pod = sightings.pod(machine.place(), machine.name());
    if (pod.isPresent() && !sightings.ours(pod.get().getMetadata())) {
      throw denied(machine, "by its labels the pod of that name is not one of ours");
    }
    sightings
        .secret(machine.place(), machine.name())
        .filter(sightings::ours)
        .ifPresent(deletion::secret);
    pod.ifPresent(one -> deletion.pod(one, PodRequest.GRACE_SECONDS));
  }

  private static NimbusException denied(InstanceRef machine, String why) {
    return new NimbusException(Kind.DENIED, "Cannot terminate %s: %s".formatted(machine, why));
  }
}
