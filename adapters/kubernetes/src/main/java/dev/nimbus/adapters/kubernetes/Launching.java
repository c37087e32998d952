package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Objects;

/**
 * Makes machines. That there is one of a name is held by the cluster, where names are unique. The
 * pod is made first and waits for its secret, which from its first moment belongs to the pod and
 * goes with it: whatever is interrupted, no secret is left that nobody owns.
 */
final class Launching {
  private final ApiServer server;
  private final Settings settings;
  private final Sightings sightings;
  private final PodRequest requests;
  private final Deletion deletion;
  private final Scheduling scheduling;

  Launching(
      ApiServer server,
      Settings settings,
      Sightings sightings,
      PodRequest requests,
      Deletion deletion) {
    this.server = server;
    this.settings = settings;
    this.sightings = sightings;
    this.requests = requests;
    this.deletion = deletion;
    this.scheduling = new Scheduling(server);
  }

  Launch launch(MachineSpec spec) {
    var problem = requests.problem(spec);
    if (!problem.isEmpty()) {
      return new Launch.Refused(problem);
    }
    try {
      return new Launch.Launched(Sighting.pod(complete(spec)));
    } catch (Refusal e) {
      return e.launch(spec);
    }
  }

  /** The pod of this name, with all it needs: made now, or by an earlier call of the same spec. */
  private Pod complete(MachineSpec spec) {
    Pod made;
    try {
      made =
          server.create(
              Permission.CREATE_PODS,
              Paths.pods(spec.cell().place()),
              requests.pod(spec),
              Pod.class);
    } catch (Refusal e) {
      if (e.meaning() != Meaning.THERE) {
        throw e;
      }
      return completed(spec, there(spec));
    }
    return completedOrNone(spec, made);
  }

  /** A pod made now, whose script is on its way. Where it cannot have that, there is no pod. */
  private Pod completedOrNone(MachineSpec spec, Pod made) {
    try {
      deliver(spec, made);
    } catch (Refusal e) {
      if (e.certain()) {
        takeBack(spec, () -> deletion.pod(made, 0), e);
      }
      throw e;
    }
    return placed(spec, made);
  }

  /** A pod made earlier, which may run already: it is never taken back for want of an answer. */
  private Pod completed(MachineSpec spec, Pod there) {
    if (Sighting.ended(there)) {
      throw Refusal.wrong("machine " + spec.name() + " was ended and does not come again");
    }
    try {
      deliver(spec, there);
    } catch (Refusal e) {
      throw e.meaning() == Meaning.WRONG ? e : Refusal.changed("its pod is there, but " + e.why());
    }
    return placed(spec, there);
  }

  /**
   * The pod, unless no node has room for it; then there is no pod, if none has found room since.
   */
  private Pod placed(MachineSpec spec, Pod pod) {
    if (settings.autoscaled()) {
      return pod;
    }
    var seen = scheduling.decided(pod);
    var why = Scheduling.noRoom(seen);
    if (why.isPresent()) {
      var refusal = Refusal.noCapacity(why.get());
      takeBack(spec, () -> deletion.podAsSeen(seen), refusal);
      throw refusal;
    }
    return pod;
  }

  private Pod there(MachineSpec spec) {
    var pod =
        sightings
            .pod(spec.cell().place(), spec.name())
            .orElseThrow(() -> Refusal.changed("its pod was there, and is gone now"));
    if (!sightings.ours(pod.getMetadata())) {
      throw Refusal.wrong("a pod called %s is there and not ours".formatted(spec.name()));
    }
    if (!Labels.annotation(pod.getMetadata(), Labels.TOKEN).equals(spec.token())) {
      throw Refusal.wrong(
          "pod %s was made with other parameters than these".formatted(spec.name()));
    }
    return pod;
  }

  private void deliver(MachineSpec spec, Pod pod) {
    try {
      createSecret(spec, pod);
    } catch (Refusal e) {
      if (e.meaning() != Meaning.THERE) {
        throw e;
      }
      if (!delivered(spec, pod)) {
        createSecret(spec, pod);
      }
    }
  }

  private void createSecret(MachineSpec spec, Pod pod) {
    server.create(
        Permission.CREATE_SECRETS,
        Paths.secrets(spec.cell().place()),
        requests.secret(spec, pod),
        Secret.class);
  }

  /** Whether the secret that is there is this pod's; an earlier pod's is taken away. */
  private boolean delivered(MachineSpec spec, Pod pod) {
    var secret = sightings.secret(spec.cell().place(), spec.name());
    if (secret.isEmpty()) {
      return false;
    }
    if (!sightings.ours(secret.get())) {
      throw Refusal.wrong("a secret called %s is there and not ours".formatted(spec.name()));
    }
    if (belongs(secret.get(), pod)) {
      return true;
    }
    deletion.secret(secret.get());
    return false;
  }

  private static boolean belongs(ObjectMeta secret, Pod pod) {
    return Objects.requireNonNullElse(secret.getOwnerReferences(), List.<OwnerReference>of())
        .stream()
        .anyMatch(owner -> pod.getMetadata().getUid().equals(owner.getUid()));
  }

  /** Where that fails, there is a pod after all: asking again finds it. */
  private void takeBack(MachineSpec spec, Runnable pod, Refusal because) {
    try {
      pod.run();
      sightings
          .secret(spec.cell().place(), spec.name())
          .filter(sightings::ours)
          .ifPresent(deletion::secret);
    } catch (Refusal e) {
      throw Refusal.changed(
          "%s; its pod could not be taken back: %s".formatted(because.why(), e.why()));
    }
  }
}
