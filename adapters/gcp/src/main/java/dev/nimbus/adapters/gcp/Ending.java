package dev.nimbus.adapters.gcp;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.InstanceRef;
import java.time.InstantSource;

/** Ends machines of ours, and no others. Their disks end with them. */
final class Ending {
  private final Gce gce;
  private final Settings settings;
  private final Sightings sightings;
  private final ControllerId controller;
  private final InstantSource time;

  Ending(
      Gce gce,
      Settings settings,
      Sightings sightings,
      ControllerId controller,
      InstantSource time) {
    this.gce = gce;
    this.settings = settings;
    this.sightings = sightings;
    this.controller = controller;
    this.time = time;
  }

  void terminate(InstanceRef machine) {
    if (!machine.name().controller().equals(controller)) {
      throw refused(Kind.DENIED, machine, "it is not of controller " + controller);
    }
    if (!machine.place().matches(Form.ZONE)) {
      throw refused(Kind.INVALID, machine, "'%s' is not a zone".formatted(machine.place()));
    }
    try {
      sightings.named(machine.place(), machine.name()).ifPresent(seen -> end(machine, seen));
    } catch (Refusal e) {
      throw e.failure("terminate " + machine);
    }
  }

  private void end(InstanceRef machine, Sighting seen) {
    if (!seen.is(machine.name())) {
      throw refused(
          Kind.DENIED,
          machine,
          "the instance of this name in %s is not ours".formatted(seen.zone()));
    }
    var request = RequestId.ofEnd(seen.id(), time.instant());
    try {
      var operation =
          gce.ask(
              Action.INSTANCES_DELETE,
              client ->
                  client
                      .instances()
                      .delete(settings.project(), seen.zone(), seen.name())
                      .setRequestId(request));
      if (operation.getError() != null) {
        throw Refusal.of(Action.INSTANCES_DELETE, operation);
      }
    } catch (Refusal e) {
      if (e.meaning() != Meaning.GONE) {
        throw e;
      }
    }
  }

  private static NimbusException refused(Kind kind, InstanceRef machine, String why) {
    return new NimbusException(kind, "Cannot terminate %s: %s".formatted(machine, why));
  }
}
