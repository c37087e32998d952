package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import java.util.Optional;

/**
 * Makes machines. That there is one of a name is held by Hetzner, which has no two servers of one
 * name in a project; that it was asked for with the same parameters, by a label. After the end of a
 * machine its name is free again, so who calls must not launch what it has ended.
 */
final class Launching {
  private static final String BEGUN_AND_FAILED = "error";

  private final Api api;
  private final Sightings sightings;
  private final Catalog catalog;
  private final CreateRequest requests;

  Launching(Api api, Sightings sightings, Catalog catalog, CreateRequest requests) {
    this.api = api;
    this.sightings = sightings;
    this.catalog = catalog;
    this.requests = requests;
  }

  Launch launch(MachineSpec spec) {
    var problem = requests.problem(spec);
    if (!problem.isEmpty()) {
      return new Launch.Refused(problem);
    }
    var wait = api.pause();
    if (wait.isPositive()) {
      return new Launch.Throttled(
          api.left() + ", which are kept for listing and ending machines", wait);
    }
    try {
      return create(spec);
    } catch (Refusal e) {
      return e.launch(spec);
    }
  }

  /** Where it is refused for sure, an earlier request whose answer was lost may be the reason. */
  private Launch create(MachineSpec spec) {
    try {
      var request = requests.of(spec, catalog.imageFor(spec));
      return begun(api.make(Operation.CREATE_SERVER, request, Wire.Created.class));
    } catch (Refusal e) {
      if (!e.certain()) {
        throw e;
      }
      if (e.meaning() == Meaning.WRONG) {
        catalog.forget();
      }
      var there = found(spec);
      if (there.isEmpty() && e.meaning() == Meaning.TAKEN) {
        throw unseen(spec, e);
      }
      return there.orElseGet(() -> e.launch(spec));
    }
  }

  /** What fails at once leaves nothing behind. */
  private Launch begun(Wire.Created made) {
    var error = made.action().error();
    if (made.action().status().equals(BEGUN_AND_FAILED) && error != null) {
      api.one(Operation.DELETE_SERVER, made.server().id(), Wire.Any.class);
      throw Refusal.failed(error);
    }
    return new Launch.Launched(Sighting.of(made.server()).instance());
  }

  /** What there is under this name. */
  private Optional<Launch> found(MachineSpec spec) {
    return sightings.named(spec.name()).map(seen -> answer(spec, seen));
  }

  /** What a server is to who wants a machine of its name. */
  Launch answer(MachineSpec spec, Sighting seen) {
    if (!seen.is(spec.name())) {
      return new Launch.Refused(
          "server '%s' (%d) has this name and not our labels: it is somebody else's"
              .formatted(seen.server().name(), seen.id()));
    }
    if (seen.ending()) {
      return new Launch.Refused("machine %s was ended".formatted(spec.name()));
    }
    if (!seen.tags().getOrDefault(CreateRequest.SPEC, "").equals(CreateRequest.mark(spec))
        || !seen.server().serverType().name().equals(spec.cell().type())
        || !seen.server().location().name().equals(spec.cell().place())) {
      return new Launch.Refused(
          "machine %s (%d) is there already, and was asked for with other parameters: %s in %s"
              .formatted(
                  spec.name(),
                  seen.id(),
                  seen.server().serverType().name(),
                  seen.server().location().name()));
    }
    if (seen.tags().containsKey(Recycler.DUE)) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot launch %s: it is being made of another machine (%d), which is not over"
              .formatted(spec, seen.id()));
    }
    return new Launch.Launched(seen.instance());
  }

  private static NimbusException unseen(MachineSpec spec, Refusal why) {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot launch %s: there is a server of that name, and it is not seen yet".formatted(spec),
        why);
  }
}
