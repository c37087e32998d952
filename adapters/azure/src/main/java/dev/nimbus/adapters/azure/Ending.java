package dev.nimbus.adapters.azure;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.InstanceRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Ends machines of ours, and no others; also what is left of one that could not be made. */
final class Ending {
  /** Without waiting for the system of a machine to shut down. */
  private static final Boolean BY_FORCE = true;

  private final Arm arm;
  private final Settings settings;
  private final Sightings sightings;
  private final ControllerId controller;

  Ending(Arm arm, Settings settings, Sightings sightings, ControllerId controller) {
    this.arm = arm;
    this.settings = settings;
    this.sightings = sightings;
    this.controller = controller;
  }

  void terminate(InstanceRef machine) {
    if (!machine.name().controller().equals(controller)) {
      throw refused(machine, "it is not of controller " + controller);
    }
    try {
      var seen = sightings.named(machine.name());
      if (seen.isEmpty()) {
        removeParts(machine.name());
      } else if (!seen.get().is(machine.name())) {
        throw refused(
            machine,
            "the machine of this name in resource group %s is not ours"
                .formatted(settings.group()));
      } else if (!seen.get().ended()) {
        remove(machine.name());
      }
    } catch (Refusal e) {
      throw e.failure("terminate " + machine);
    }
  }

  /** Removes the machine, which is ours, with its parts. */
  void remove(MachineName name) {
    quietly(
        () ->
            arm.ask(
                one ->
                    one.compute()
                        .getVirtualMachines()
                        .deleteWithResponseAsync(settings.group(), name.value(), BY_FORCE)
                        .blockOptional()));
  }

  /** All that can be removed is, before it is said that something cannot. */
  private void removeParts(MachineName name) {
    var refusals = new ArrayList<Refusal>();
    for (var part : of(name)) {
      try {
        remove(part);
      } catch (Refusal e) {
        refusals.add(e);
      }
    }
    if (!refusals.isEmpty()) {
      throw refusals.getFirst();
    }
  }

  private List<Leftover> of(MachineName name) {
    return sightings.parts().stream()
        .filter(part -> part.machine().equals(name))
        .sorted(Comparator.comparing(Leftover::part))
        .toList();
  }

  private void remove(Leftover part) {
    quietly(
        () ->
            arm.ask(
                one ->
                    one.resources()
                        .getResources()
                        .deleteByIdWithResponseAsync(part.id().substring(1), part.part().version())
                        .blockOptional()));
  }

  /** What is gone is removed. */
  private static void quietly(Runnable removal) {
    try {
      removal.run();
    } catch (Refusal e) {
      if (e.meaning() != Meaning.GONE) {
        throw e;
      }
    }
  }

  private static NimbusException refused(InstanceRef machine, String why) {
    return new NimbusException(Kind.DENIED, "Cannot terminate %s: %s".formatted(machine, why));
  }
}
