package dev.nimbus.adapters.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.Instance.State;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A machine as Azure describes it.
 *
 * @param name in its group
 * @param id that no other machine ever has
 * @param provisioning how far Azure is with what was asked for it
 * @param power whether it runs; empty where that was not asked for
 * @param failure why it could not be made; empty where it could, or nobody asked
 * @param tags those of ours it carries
 */
record Sighting(
    String name,
    String place,
    String id,
    String type,
    String provisioning,
    String power,
    Failure failure,
    Map<String, String> tags,
    Instant createdAt) {
  private static final String OURS = "nimbus-";
  private static final String POWER = "PowerState/";
  private static final String FAILED = "ProvisioningState/failed/";

  /** What Azure says of why. */
  record Failure(String code, String message) {
    static final Failure NONE = new Failure("", "");
  }

  static Sighting of(VirtualMachineInner machine) {
    var statuses =
        machine.instanceView() == null || machine.instanceView().statuses() == null
            ? List.<InstanceViewStatus>of()
            : machine.instanceView().statuses();
    return new Sighting(
        text(machine.name()),
        Place.of(machine.location(), machine.zones()).toString(),
        text(machine.vmId()),
        machine.hardwareProfile() == null ? "" : String.valueOf(machine.hardwareProfile().vmSize()),
        text(machine.provisioningState()).toLowerCase(Locale.ROOT),
        power(statuses),
        failure(statuses),
        ours(machine.tags()),
        machine.timeCreated() == null ? Instant.EPOCH : machine.timeCreated().toInstant());
  }

  /** The same with whether it runs. */
  Sighting running(String seen) {
    return new Sighting(name, place, id, type, provisioning, seen, failure, tags, createdAt);
  }

  /** Such as {@code running}; empty for nothing said. */
  static String power(List<InstanceViewStatus> statuses) {
    return statuses.stream()
        .map(status -> text(status.code()))
        .filter(code -> code.startsWith(POWER))
        .map(code -> code.substring(POWER.length()).toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse("");
  }

  /** The tags that Nimbus writes, of all that something carries. */
  static Map<String, String> ours(@Nullable Map<String, String> tags) {
    var ours = new TreeMap<String, String>();
    if (tags != null) {
      tags.forEach(
          (key, value) -> {
            if (key.startsWith(OURS)) {
              ours.put(key, value);
            }
          });
    }
    return ours;
  }

  /** Whether it carries this controller's tag and is of a name of its. */
  boolean madeBy(ControllerId controller) {
    return controller.value().equals(tags.get(Owner.CONTROLLER))
        && name.equals(tags.get(Owner.MACHINE))
        && MachineName.fits(name)
        && new MachineName(name).controller().equals(controller);
  }

  boolean is(MachineName wanted) {
    return madeBy(wanted.controller()) && name.equals(wanted.value());
  }

  /** Whether it was made by a request of this token. */
  boolean madeOn(String token) {
    return token.equals(tags.get(MachineRequest.REQUEST));
  }

  boolean ended() {
    return state() == State.ENDING;
  }

  /** Whether Azure gave up making it. */
  boolean failed() {
    return provisioning.equals("failed") && !runs();
  }

  boolean runs() {
    return power.equals("running") || power.equals("starting");
  }

  /** Whether there is nothing to wait for. */
  boolean made() {
    return runs() || provisioning.equals("succeeded");
  }

  /** What it is to the rest of Nimbus; only for one with a name of ours. */
  Instance instance() {
    return new Instance(
        new InstanceRef(new MachineName(name), place, id), type, state(), tags, createdAt);
  }

  /** One that has shut itself down is kept and paid for; one whose making failed does nothing. */
  private State state() {
    if (provisioning.equals("deleting")) {
      return State.ENDING;
    }
    if (runs()) {
      return State.RUNNING;
    }
    if (provisioning.equals("creating")) {
      return State.STARTING;
    }
    return power.isEmpty() && !provisioning.equals("failed") ? State.RUNNING : State.STOPPED;
  }

  private static Failure failure(List<InstanceViewStatus> statuses) {
    return statuses.stream()
        .filter(status -> text(status.code()).startsWith(FAILED))
        .map(
            status ->
                new Failure(
                    status.code().substring(FAILED.length()),
                    Optional.ofNullable(status.message()).orElse("")))
        .findFirst()
        .orElse(Failure.NONE);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
