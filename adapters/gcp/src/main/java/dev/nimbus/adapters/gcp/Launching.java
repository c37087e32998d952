package dev.nimbus.adapters.gcp;

import com.google.api.services.compute.model.Operation;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import java.util.Optional;

/**
 * Makes machines. That there is one of a name is held by the name, of which a zone has one, and by
 * the id of the request, which Google remembers for a while.
 */
final class Launching {
  /** Each ends when the machine runs or has failed, or when nothing was heard for a while. */
  private static final int WAITS = 2;

  private static final int FAILURES_REMEMBERED = 3;
  private static final String DONE = "DONE";

  private final Gce gce;
  private final Settings settings;
  private final Sightings sightings;
  private final MachineRequest requests;

  Launching(Gce gce, Settings settings, Sightings sightings) {
    this.gce = gce;
    this.settings = settings;
    this.sightings = sightings;
    this.requests = new MachineRequest(settings);
  }

  Launch launch(MachineSpec spec) {
    var problem = requests.problem(spec);
    if (!problem.isEmpty()) {
      return new Launch.Refused(problem);
    }
    try {
      return answer(spec, waited(spec, begun(spec)));
    } catch (Refusal e) {
      return e.meaning() == Meaning.EXISTS ? taken(spec, e) : withType(spec, e.launch(spec));
    }
  }

  /** What has failed when it has only begun has failed before: Google repeats its old answer. */
  private Operation begun(MachineSpec spec) {
    var operation = begun(spec, 0);
    for (var earlier = 1; failed(operation) && earlier <= FAILURES_REMEMBERED; earlier++) {
      operation = begun(spec, earlier);
    }
    return operation;
  }

  private Operation begun(MachineSpec spec, int earlier) {
    return gce.askOnce(
        Action.INSTANCES_CREATE,
        client ->
            client
                .instances()
                .insert(settings.project(), spec.cell().place(), requests.of(spec))
                .setRequestId(RequestId.of(spec, earlier)));
  }

  /**
   * Missing capacity shows only after some seconds; a machine that starts needs no more waiting.
   */
  private Operation waited(MachineSpec spec, Operation begun) {
    var operation = begun;
    for (var wait = 0; wait < WAITS && !done(operation); wait++) {
      operation = waitedOnce(spec, operation);
    }
    return operation;
  }

  /** That nobody says how it stands changes nothing about it. */
  private Operation waitedOnce(MachineSpec spec, Operation operation) {
    try {
      return gce.askOnce(
          Action.OPERATIONS_GET,
          client ->
              client
                  .zoneOperations()
                  .wait(settings.project(), spec.cell().place(), operation.getName()));
    } catch (Refusal _) {
      return operation;
    }
  }

  private Launch answer(MachineSpec spec, Operation operation) {
    if (failed(operation)) {
      throw Refusal.of(Action.INSTANCES_CREATE, operation);
    }
    var seen = seen(spec);
    if (seen.isEmpty() && !done(operation)) {
      throw unseen(spec, "Google says it is %s".formatted(operation.getStatus()));
    }
    return seen.map(one -> found(spec, one)).orElseGet(() -> Refusal.ended(spec));
  }

  /** Its name was taken before: by an earlier request for it, or by something else. */
  private Launch taken(MachineSpec spec, Refusal why) {
    return seen(spec).map(one -> found(spec, one)).orElseThrow(() -> unseen(spec, why.why()));
  }

  /** From here on there may be a machine, and no refusal may say that there is none. */
  private Optional<Sighting> seen(MachineSpec spec) {
    try {
      return sightings.named(spec.cell().place(), spec.name());
    } catch (Refusal e) {
      throw unseen(spec, e.why());
    }
  }

  private static Launch found(MachineSpec spec, Sighting seen) {
    if (!seen.is(spec.name())) {
      return new Launch.Refused(
          "%s has an instance '%s' that is not ours".formatted(spec.cell().place(), spec.name()));
    }
    if (!seen.madeOn(RequestId.of(spec, 0))) {
      return new Launch.Refused(
          "%s has machine %s already, made with other parameters"
              .formatted(spec.cell().place(), spec.name()));
    }
    return seen.ended() ? Refusal.ended(spec) : new Launch.Launched(seen.instance());
  }

  /** It was asked for, and will be seen or fail soon: asking again is right. */
  private static NimbusException unseen(MachineSpec spec, String why) {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot launch %s: it was asked for, and is not seen yet (%s)".formatted(spec, why));
  }

  private static boolean done(Operation operation) {
    return DONE.equals(operation.getStatus());
  }

  private static boolean failed(Operation operation) {
    return done(operation)
        && Optional.ofNullable(operation.getError()).map(Operation.Error::getErrors).isPresent();
  }

  /** Not every message of Google says which type it is about. */
  private static Launch withType(MachineSpec spec, Launch launch) {
    return launch instanceof Launch.Refused(var why) && !why.contains(spec.cell().type())
        ? new Launch.Refused("%s in %s: %s".formatted(spec.cell().type(), spec.cell().place(), why))
        : launch;
  }
}
