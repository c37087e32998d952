package dev.nimbus.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;

/** Deletes what was looked at, and nothing that took its name since. */
final class Deletion {
  private final ApiServer server;

  Deletion(ApiServer server) {
    this.server = server;
  }

  /** Has a pod end; one that is gone or on its way is fine. */
  void pod(Pod pod, long graceSeconds) {
    var meta = pod.getMetadata();
    if (meta.getDeletionTimestamp() != null) {
      return;
    }
    delete(
        Permission.DELETE_PODS,
        Paths.pods(meta.getNamespace()) + "/" + meta.getName(),
        options(meta).withGracePeriodSeconds(graceSeconds).build());
  }

  /** Has a pod that no node has end, unless anything about it has changed since it was seen. */
  void podAsSeen(Pod pod) {
    var meta = pod.getMetadata();
    delete(
        Permission.DELETE_PODS,
        Paths.pods(meta.getNamespace()) + "/" + meta.getName(),
        options(meta)
            .editPreconditions()
            .withResourceVersion(meta.getResourceVersion())
            .endPreconditions()
            .withGracePeriodSeconds(0L)
            .build());
  }

  /** Deletes a secret; one that is gone is fine. */
  void secret(ObjectMeta secret) {
    delete(
        Permission.DELETE_SECRETS,
        Paths.secrets(secret.getNamespace()) + "/" + secret.getName(),
        options(secret).build());
  }

  private void delete(Permission permission, String path, DeleteOptions options) {
    try {
      server.delete(permission, path, options);
    } catch (Refusal e) {
      if (e.meaning() != Meaning.GONE) {
        throw e;
      }
    }
  }

  private static DeleteOptionsBuilder options(ObjectMeta meta) {
    return new DeleteOptionsBuilder()
        .withApiVersion("v1")
        .withKind("DeleteOptions")
        .withNewPreconditions()
        .withUid(meta.getUid())
        .endPreconditions();
  }
}
