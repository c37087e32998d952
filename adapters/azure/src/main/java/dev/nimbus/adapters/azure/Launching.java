package dev.nimbus.adapters.azure;

import com.azure.core.management.polling.PollResult;
import com.azure.core.util.Context;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.core.util.polling.PollResponse;
import com.azure.core.util.polling.SyncPoller;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes machines. That there is one of a name is held by the name, of which a group has one, and by
 * asking for it only where there is none.
 */
final class Launching {
  private static final String WHERE_NONE_IS = "*";

  /** After these there may be a machine all the same: an earlier answer may have been lost. */
  private static final Set<Meaning> FINAL =
      EnumSet.of(Meaning.NO_CAPACITY, Meaning.OVER_QUOTA, Meaning.WRONG, Meaning.GONE);

  private final Arm arm;
  private final Settings settings;
  private final Sightings sightings;
  private final Ending ending;
  private final MachineRequest requests;
  private final Patience patience;

  Launching(
      Arm arm,
      Settings settings,
      Sightings sightings,
      Ending ending,
      MachineRequest requests,
      Patience patience) {
    this.arm = arm;
    this.settings = settings;
    this.sightings = sightings;
    this.ending = ending;
    this.requests = requests;
    this.patience = patience;
  }

  Launch launch(MachineSpec spec) {
    var problem = requests.problem(spec);
    if (!problem.isEmpty()) {
      return new Launch.Refused(problem);
    }
    SyncPoller<PollResult<VirtualMachineInner>, VirtualMachineInner> begun;
    try {
      begun = begin(spec);
    } catch (Refusal e) {
      return refused(spec, e);
    }
    return waited(spec, begun);
  }

  private SyncPoller<PollResult<VirtualMachineInner>, VirtualMachineInner> begin(MachineSpec spec) {
    return arm.askOnce(
        one ->
            one.compute()
                .getVirtualMachines()
                .beginCreateOrUpdate(
                    settings.group(),
                    spec.name().value(),
                    requests.of(spec),
                    null,
                    WHERE_NONE_IS,
                    Context.NONE));
  }

  private Launch refused(MachineSpec spec, Refusal why) {
    if (why.meaning() == Meaning.EXISTS) {
      return seen(spec).map(one -> found(spec, one)).orElseThrow(() -> unseen(spec, why.why()));
    }
    var there = FINAL.contains(why.meaning()) ? seen(spec) : Optional.<Sighting>empty();
    return there.map(one -> found(spec, one)).orElseGet(() -> why.launch(spec));
  }

  /** A machine that runs needs no more waiting; Azure goes on until its system has started. */
  private Launch waited(
      MachineSpec spec, SyncPoller<PollResult<VirtualMachineInner>, VirtualMachineInner> begun) {
    for (var look = 0; look < patience.looks(); look++) {
      var said = polled(begun);
      if (said.filter(Launching::failed).isPresent()) {
        return undone(spec, Refusal.of(said.get().getValue().getError()));
      }
      var seen = seen(spec);
      if (seen.filter(one -> one.made() || one.failed() || one.ended()).isPresent()) {
        return found(spec, seen.get());
      }
      rest(begun);
    }
    return seen(spec)
        .map(one -> found(spec, one))
        .orElseThrow(() -> unseen(spec, "Azure has not decided"));
  }

  /** That nobody says how it stands changes nothing about it. */
  private Optional<PollResponse<PollResult<VirtualMachineInner>>> polled(
      SyncPoller<PollResult<VirtualMachineInner>, VirtualMachineInner> begun) {
    try {
      return Optional.of(arm.askOnce(_ -> begun.poll()));
    } catch (Refusal _) {
      return Optional.empty();
    }
  }

  /** The client's own way of waiting, which ends when all is over, or by saying that it is not. */
  private void rest(SyncPoller<PollResult<VirtualMachineInner>, VirtualMachineInner> begun) {
    try {
      arm.askOnce(_ -> begun.waitForCompletion(patience.pause()));
    } catch (Refusal _) {
      return;
    }
  }

  private static boolean failed(PollResponse<PollResult<VirtualMachineInner>> said) {
    var status = said.getStatus();
    return status.isComplete() && !LongRunningOperationStatus.SUCCESSFULLY_COMPLETED.equals(status);
  }

  /** From here on there may be a machine, and no refusal may say that there is none. */
  private Optional<Sighting> seen(MachineSpec spec) {
    try {
      return sightings.named(spec.name());
    } catch (Refusal e) {
      throw unseen(spec, e.why());
    }
  }

  private Launch found(MachineSpec spec, Sighting seen) {
    if (!seen.is(spec.name())) {
      return new Launch.Refused(
          "resource group %s has a machine '%s' that is not ours"
              .formatted(settings.group(), spec.name()));
    }
    if (!seen.madeOn(spec.token())) {
      return new Launch.Refused(
          "resource group %s has machine %s already, made with other parameters"
              .formatted(settings.group(), spec.name()));
    }
    if (seen.failed()) {
      return undone(spec, Refusal.later(seen.failure().code(), seen.failure().message()));
    }
    return seen.ended() ? Refusal.ended(spec) : new Launch.Launched(seen.instance());
  }

  /** What could not be made is a resource all the same, with parts that are paid for. */
  private Launch undone(MachineSpec spec, Refusal why) {
    try {
      ending.remove(spec.name());
    } catch (Refusal e) {
      throw unseen(spec, "%s; removing what there is of it: %s".formatted(why.why(), e.why()));
    }
    return why.launch(spec);
  }

  /** It was asked for, and will be seen or fail soon: asking again is right. */
  private static NimbusException unseen(MachineSpec spec, String why) {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot launch %s: it was asked for, and nobody knows what became of it (%s)"
            .formatted(spec, why));
  }
}
