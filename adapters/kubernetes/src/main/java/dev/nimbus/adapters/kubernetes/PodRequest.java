package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes what is asked for: a pod, and the secret its script is in. */
final class PodRequest {
  /** For a runner to stop its job and say so. */
  static final long GRACE_SECONDS = 30;

  /** A secret may have 1 MiB; a script of ours has a hundredth of that. */
  static final int MOST_USER_DATA = 256 * 1024;

  private static final String SCRIPT = "boot";
  private static final String FOLDER = "/run/nimbus-boot";
  private static final int READ_BY_ALL = 0444;
  private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][!-~]{0,511}");

  /** A job is not moved elsewhere: who removes nodes that are little used leaves its node alone. */
  private static final Map<String, String> LEFT_ALONE =
      Map.of(
          "cluster-autoscaler.kubernetes.io/safe-to-evict", "false",
          "karpenter.sh/do-not-disrupt", "true");

  private final Settings settings;

  PodRequest(Settings settings) {
    this.settings = settings;
  }

  /** Why no pod can be asked for so; empty where one can. */
  String problem(MachineSpec spec) {
    var cell = spec.cell();
    if (!settings.namespaces().contains(cell.place())) {
      return "namespace '%s' is not one of provider '%s' (%s)"
          .formatted(cell.place(), settings.name(), String.join(", ", settings.namespaces()));
    }
    if (cell.market() == Market.SPOT) {
      return "pods are not rented on spot: choose nodes that are with option node_selector";
    }
    if (!IMAGE.matcher(cell.image()).matches()) {
      return "'%s' is not the name of an image".formatted(cell.image());
    }
    var length = spec.userData().getBytes(StandardCharsets.UTF_8).length;
    if (length > MOST_USER_DATA) {
      return "its user data has %d bytes, more than %d".formatted(length, MOST_USER_DATA);
    }
    return typeProblem(cell.type());
  }

  private static String typeProblem(String type) {
    try {
      MachineType.parse(type);
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The pod; nothing in it is secret. */
  Pod pod(MachineSpec spec) {
    var annotations = new TreeMap<>(Labels.annotations(spec));
    annotations.putAll(LEFT_ALONE);
    return new PodBuilder()
        .withNewMetadata()
        .withName(spec.name().value())
        .withNamespace(spec.cell().place())
        .withLabels(Labels.of(spec))
        .withAnnotations(annotations)
        .endMetadata()
        .withSpec(podSpec(spec))
        .build();
  }

  /**
   * What the pod reads at its start, which goes when the pod does.
   *
   * @param owner the pod as it was made
   */
  Secret secret(MachineSpec spec, Pod owner) {
    var script = spec.userData().getBytes(StandardCharsets.UTF_8);
    return new SecretBuilder()
        .withNewMetadata()
        .withName(spec.name().value())
        .withNamespace(spec.cell().place())
        .withLabels(Labels.of(spec))
        .withAnnotations(Labels.annotations(spec))
        .addNewOwnerReference()
        .withApiVersion("v1")
        .withKind("Pod")
        .withName(spec.name().value())
        .withUid(owner.getMetadata().getUid())
        .endOwnerReference()
        .endMetadata()
        .withType("Opaque")
        .withImmutable(true)
        .withData(Map.of(SCRIPT, Base64.getEncoder().encodeToString(script)))
        .build();
  }

  private PodSpec podSpec(MachineSpec spec) {
    var pods = settings.pods();
    var asked = new PodSpecBuilder();
    if (!pods.serviceAccount().isEmpty()) {
      asked.withServiceAccountName(pods.serviceAccount());
    }
    if (!pods.priorityClass().isEmpty()) {
      asked.withPriorityClassName(pods.priorityClass());
    }
    if (!pods.runtimeClass().isEmpty()) {
      asked.withRuntimeClassName(pods.runtimeClass());
    }
    if (pods.ownUsers()) {
      asked.withHostUsers(false);
    }
    return asked
        .withRestartPolicy("Never")
        .withActiveDeadlineSeconds(Math.max(1, spec.maxLife().toSeconds()))
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withNodeSelector(nodeSelector())
        .withTolerations(pods.tolerations().stream().map(PodRequest::toleration).toList())
        .withImagePullSecrets(pods.pullSecrets().stream().map(LocalObjectReference::new).toList())
        .withNewSecurityContext()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .addNewVolume()
        .withName(SCRIPT)
        .withNewSecret()
        .withSecretName(spec.name().value())
        .withDefaultMode(READ_BY_ALL)
        .endSecret()
        .endVolume()
        .withContainers(container(spec))
        .build();
  }

  private Container container(MachineSpec spec) {
    var resources = quantities(MachineType.parse(spec.cell().type()).withDisk(spec.diskGib()));
    var asked =
        new ContainerBuilder()
            .withName("runner")
            .withImage(spec.cell().image())
            .withCommand("/bin/sh", FOLDER + "/" + SCRIPT)
            .addNewVolumeMount()
            .withName(SCRIPT)
            .withMountPath(FOLDER)
            .withReadOnly(true)
            .endVolumeMount()
            .withNewResources()
            .withRequests(resources)
            .withLimits(resources)
            .endResources()
            .withNewSecurityContext()
            .withPrivileged(false)
            .withAllowPrivilegeEscalation(false)
            .withNewCapabilities()
            .addToDrop("ALL")
            .endCapabilities()
            .endSecurityContext();
    if (!settings.pods().user().isEmpty()) {
      var user = Long.parseLong(settings.pods().user());
      asked
          .editSecurityContext()
          .withRunAsUser(user)
          .withRunAsNonRoot(user != 0)
          .endSecurityContext();
    }
    return asked.build();
  }

  private Map<String, String> nodeSelector() {
    var selector = new TreeMap<>(settings.pods().nodeSelector());
    selector.putIfAbsent("kubernetes.io/os", "linux");
    return selector;
  }

  private static Map<String, Quantity> quantities(MachineType type) {
    return type.resources().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Quantity(entry.getValue())));
  }

  private static io.fabric8.kubernetes.api.model.Toleration toleration(Toleration asked) {
    var toleration =
        new TolerationBuilder()
            .withKey(asked.key())
            .withOperator(asked.value().isEmpty() ? "Exists" : "Equal");
    if (!asked.value().isEmpty()) {
      toleration.withValue(asked.value());
    }
    if (!asked.effect().isEmpty()) {
      toleration.withEffect(asked.effect());
    }
    return toleration.build();
  }
}
