package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Instance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.PartialObjectMetadataList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for pods and secrets of ours. Of secrets no more is read than their outlines. */
final class Sightings {
  private static final int PAGE = 500;
  private static final int MOST = 200_000;
  private static final int STARTS = 3;

  private final ApiServer server;
  private final Settings settings;
  private final ControllerId controller;

  Sightings(ApiServer server, Settings settings, ControllerId controller) {
    this.server = server;
    this.settings = settings;
    this.controller = controller;
  }

  /** Every machine, and what is left of those whose pods are gone. */
  List<Instance> all() {
    return settings.namespaces().stream().flatMap(this::in).toList();
  }

  /**
   * Secrets are listed before pods: one that has no pod then has lost it, for a pod is made before
   * its secret.
   */
  private Stream<Instance> in(String namespace) {
    var secrets =
        pages(
                Paths.secrets(namespace),
                path ->
                    server.outline(Permission.LIST_SECRETS, path, PartialObjectMetadataList.class))
            .stream()
            .map(PartialObjectMetadata::getMetadata)
            .filter(this::ours)
            .toList();
    var pods =
        pages(Paths.pods(namespace), path -> server.get(Permission.LIST_PODS, path, PodList.class))
            .stream()
            .filter(pod -> ours(pod.getMetadata()))
            .toList();
    var names = pods.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
    return Stream.concat(
        pods.stream().map(Sighting::pod),
        secrets.stream().filter(secret -> !names.contains(secret.getName())).map(Sighting::left));
  }

  /** A pod of a name, whoever's it is. */
  Optional<Pod> pod(String namespace, MachineName name) {
    return found(
        () -> server.get(Permission.GET_PODS, Paths.pods(namespace) + "/" + name, Pod.class));
  }

  /** The outline of a secret of a name, whoever's it is. */
  Optional<ObjectMeta> secret(String namespace, MachineName name) {
    var path = Paths.secrets(namespace) + "/" + name;
    return found(() -> server.outline(Permission.GET_SECRETS, path, PartialObjectMetadata.class))
        .map(PartialObjectMetadata::getMetadata);
  }

  /** Whether it carries our controller's label, and a name of it. */
  boolean ours(ObjectMeta meta) {
    return Labels.madeBy(meta, controller);
  }

  private static <T> Optional<T> found(Supplier<T> look) {
    try {
      return Optional.of(look.get());
    } catch (Refusal e) {
      if (e.meaning() == Meaning.GONE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Reads a list from its beginning again when the server no longer keeps the rest of it. */
  private <T extends HasMetadata> List<T> pages(
      String path, Function<String, ? extends KubernetesResourceList<T>> page) {
    for (var start = 1; ; start++) {
      try {
        return once(path, page);
      } catch (Refusal e) {
        if (e.meaning() != Meaning.EXPIRED || start == STARTS) {
          throw e;
        }
      }
    }
  }

  private <T extends HasMetadata> List<T> once(
      String path, Function<String, ? extends KubernetesResourceList<T>> page) {
    var found = new ArrayList<T>();
    var asked =
        path
            + "?"
            + Paths.parameter("labelSelector", Labels.selector(controller))
            + "&"
            + Paths.parameter("limit", String.valueOf(PAGE));
    var next = "";
    do {
      var further = next.isEmpty() ? "" : "&" + Paths.parameter("continue", next);
      var answer = page.apply(asked + further);
      found.addAll(Objects.requireNonNullElse(answer.getItems(), List.<T>of()));
      checkSize(found.size());
      var meta = answer.getMetadata();
      next = meta == null ? "" : Objects.requireNonNullElse(meta.getContinue(), "");
    } while (!next.isEmpty());
    return found;
  }

  /** A list that is cut short would look as if machines were gone. */
  private static void checkSize(int size) {
    if (size > MOST) {
      throw new NimbusException(
          Kind.INTERNAL, "Cannot list pods: there are more than %d".formatted(MOST));
    }
  }
}
