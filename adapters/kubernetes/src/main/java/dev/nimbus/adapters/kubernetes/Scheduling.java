package dev.nimbus.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the scheduler makes of a pod: it says within moments whether some node has room. */
final class Scheduling {
  /** A scheduler that takes longer has much to do, and the pod waits for it as it is. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ApiServer server;

  Scheduling(ApiServer server) {
    this.server = server;
  }

  /** The pod when it is decided upon; as it was, when it is gone or nothing is said for long. */
  Pod decided(Pod pod) {
    return isDecided(pod) ? pod : awaited(pod);
  }

  /** Why no node has room for a pod; empty where one has, or nothing was said yet. */
  static Optional<String> noRoom(Pod pod) {
    return condition(pod)
        .filter(Scheduling::refused)
        .map(one -> Objects.requireNonNullElse(one.getMessage(), "no node has room"));
  }

  private Pod awaited(Pod pod) {
    try {
      var seen =
          server
              .client()
              .pods()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(pod.getMetadata().getName())
              .waitUntilCondition(
                  Scheduling::isDecided, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return Objects.requireNonNullElse(seen, pod);
    } catch (KubernetesClientTimeoutException _) {
      return pod;
    } catch (KubernetesClientException e) {
      throw Refusal.unheard(Permission.WATCH_PODS, e);
    }
  }

  /** One that is gone is decided upon, too. */
  private static boolean isDecided(@Nullable Pod pod) {
    return pod == null || condition(pod).isPresent() || Sighting.ended(pod);
  }

  private static Optional<PodCondition> condition(Pod pod) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    return Objects.requireNonNullElse(pod.getStatus().getConditions(), List.<PodCondition>of())
        .stream()
        .filter(one -> "PodScheduled".equals(one.getType()))
        .filter(one -> "True".equals(one.getStatus()) || refused(one))
        .findFirst();
  }

  private static boolean refused(PodCondition condition) {
    return "False".equals(condition.getStatus()) && "Unschedulable".equals(condition.getReason());
  }
}
