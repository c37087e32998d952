package dev.nimbus.adapters.gcp;

import com.google.api.services.compute.model.Instance;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Instance.State;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Owner;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A machine as Google describes it.
 *
 * @param name in its zone
 * @param id that no other machine ever has
 * @param labels those of ours it carries
 * @param createdAt as Google writes it
 */
record Sighting(
    String name,
    String zone,
    String id,
    String type,
    String status,
    Map<String, String> labels,
    String createdAt) {
  private static final String OURS = "nimbus-";

  /** What is asked for of a machine. Its user data is not: it holds a secret, and is long. */
  static final String FIELDS = "id,name,zone,machineType,status,labels,creationTimestamp";

  static Sighting of(Instance machine) {
    return new Sighting(
        text(machine.getName()),
        last(machine.getZone()),
        machine.getId() == null ? "" : machine.getId().toString(),
        last(machine.getMachineType()),
        text(machine.getStatus()),
        ours(machine.getLabels()),
        text(machine.getCreationTimestamp()));
  }

  /**
   * Whether it carries this controller's label and is of a name of its. Labels of a machine are on
   * its copies too, names are not.
   */
  boolean madeBy(ControllerId controller) {
    return controller.value().equals(labels.get(Owner.CONTROLLER))
        && name.equals(labels.get(Owner.MACHINE))
        && MachineName.fits(name)
        && new MachineName(name).controller().equals(controller);
  }

  boolean is(MachineName wanted) {
    return madeBy(wanted.controller()) && name.equals(wanted.value());
  }

  /** Whether it was made by a request of this id. */
  boolean madeOn(String request) {
    return request.equals(labels.get(MachineRequest.REQUEST));
  }

  /** Whether it is over, or about to be. */
  boolean ended() {
    return state() == State.ENDING;
  }

  /** What it is to the rest of Nimbus; only for one with a name of ours. */
  dev.nimbus.core.provider.Instance instance() {
    return new dev.nimbus.core.provider.Instance(
        new InstanceRef(new MachineName(name), zone, id), type, state(), labels, createdWhen());
  }

  private Instant createdWhen() {
    try {
      return OffsetDateTime.parse(createdAt).toInstant();
    } catch (DateTimeParseException e) {
      throw new NimbusException(
          Kind.INTERNAL,
          "Cannot read when machine %s was made: '%s'".formatted(name, createdAt),
          e);
    }
  }

  /** One that is stopped, and not by being deleted, is kept and its disk paid for. */
  private State state() {
    return switch (status) {
      case "PENDING", "PROVISIONING", "STAGING" -> State.STARTING;
      case "PENDING_STOP", "STOPPING", "DEPROVISIONING" -> State.ENDING;
      case "REPAIRING", "SUSPENDING", "SUSPENDED", "STOPPED", "TERMINATED" -> State.STOPPED;
      default -> State.RUNNING;
    };
  }

  private static Map<String, String> ours(@Nullable Map<String, String> labels) {
    var ours = new TreeMap<String, String>();
    if (labels != null) {
      labels.forEach(
          (key, value) -> {
            if (key.startsWith(OURS)) {
              ours.put(key, value);
            }
          });
    }
    return ours;
  }

  private static String last(@Nullable String address) {
    return text(address).substring(text(address).lastIndexOf('/') + 1);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
