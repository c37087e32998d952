package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Owner;
import java.util.Optional;

/** Ends machines of ours, and no others. */
final class Ending {
  private final Api api;
  private final Sightings sightings;
  private final ControllerId controller;

  Ending(Api api, Sightings sightings, ControllerId controller) {
    this.api = api;
    this.sightings = sightings;
    this.controller = controller;
  }

  void terminate(InstanceRef machine) {
    if (!machine.name().controller().equals(controller)) {
      throw denied(machine, "it is not of controller " + controller);
    }
    try {
      var seen = machine.id().isEmpty() ? sightings.named(machine.name()) : believed(machine);
      seen.filter(one -> one.is(machine.name()) && !one.ending()).ifPresent(this::end);
    } catch (Refusal e) {
      throw e.failure("terminate " + machine);
    }
  }

  /** The server of that number; another machine of ours by now is none of this name's. */
  private Optional<Sighting> believed(InstanceRef machine) {
    if (!Catalog.numbered(machine.id())) {
      throw denied(machine, "that is not the number of a server");
    }
    var seen = sightings.byId(Long.parseLong(machine.id()));
    if (seen.isPresent() && !seen.get().madeBy(controller)) {
      var whose = seen.get().tags().getOrDefault(Owner.CONTROLLER, "nobody");
      throw denied(machine, "by its labels that is of " + whose);
    }
    return seen;
  }

  private void end(Sighting seen) {
    try {
      api.one(Operation.DELETE_SERVER, seen.id(), Wire.Any.class);
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
