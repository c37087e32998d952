package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;

/** What something of ours at a cluster is to the rest of Nimbus. */
final class Sighting {
  private Sighting() {}

  /** A pod. */
  static Instance pod(Pod pod) {
    return instance(pod.getMetadata(), state(pod));
  }

  /**
   * A secret whose pod is gone: it does nothing, and somebody should take it away.
   *
   * @param secret its outline
   */
  static Instance left(ObjectMeta secret) {
    return instance(secret, Instance.State.STOPPED);
  }

  /** Whether a pod ran and does so no more, or is about to be gone. */
  static boolean ended(Pod pod) {
    var state = state(pod);
    return state == Instance.State.STOPPED || state == Instance.State.ENDING;
  }

  private static Instance instance(ObjectMeta meta, Instance.State state) {
    var name = new MachineName(meta.getName());
    return new Instance(
        new InstanceRef(name, meta.getNamespace(), meta.getUid()),
        Labels.annotation(meta, Labels.TYPE),
        state,
        Labels.tags(meta),
        instant(Objects.requireNonNullElse(meta.getCreationTimestamp(), "")));
  }

  private static Instance.State state(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return Instance.State.ENDING;
    }
    var status = pod.getStatus();
    var phase = status == null ? "" : Objects.requireNonNullElse(status.getPhase(), "");
    return switch (phase) {
      case "", "Pending" -> Instance.State.STARTING;
      case "Succeeded", "Failed" -> Instance.State.STOPPED;
      // Unknown: its node is silent, and may still run it.
      default -> Instance.State.RUNNING;
    };
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException _) {
      return Instant.EPOCH;
    }
  }
}
