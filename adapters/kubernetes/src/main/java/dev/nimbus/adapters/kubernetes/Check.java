package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Looks whether a cluster has all that machines need, and makes nothing. */
final class Check {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final String SOME_TYPE = "cpu=10m,memory=16Mi,storage=16Mi";
  private static final String SOME_IMAGE = "nimbus.invalid/check";

  private final ApiServer server;
  private final Settings settings;
  private final Sightings sightings;
  private final PodRequest requests;
  private final ControllerId controller;

  Check(
      ApiServer server,
      Settings settings,
      Sightings sightings,
      PodRequest requests,
      ControllerId controller) {
    this.server = server;
    this.settings = settings;
    this.sightings = sightings;
    this.requests = requests;
    this.controller = controller;
  }

  List<Finding> all() {
    var found = new ArrayList<Finding>();
    for (var namespace : settings.namespaces()) {
      for (var permission : Permission.values()) {
        found.add(
            tried(
                "may %s in namespace %s".formatted(permission, namespace),
                () -> allowed(namespace, permission.verb(), permission.resource())));
      }
      for (var secret : settings.pods().pullSecrets()) {
        found.add(
            tried(
                "secret %s is in namespace %s".formatted(secret, namespace),
                () -> pullSecret(namespace, secret)));
      }
      found.add(
          tried("a pod would be taken in namespace " + namespace, () -> rehearsed(namespace)));
    }
    found.add(tried("machines are listed", this::listed));
    found.add(nodes());
    return List.copyOf(found);
  }

  /** What was looked at, with what is wrong about it, if anything is. */
  private static Finding tried(String what, Supplier<String> advice) {
    try {
      var wrong = advice.get();
      return wrong.isEmpty() ? Finding.fine(what) : Finding.wrong(what, wrong);
    } catch (Refusal e) {
      return Finding.wrong(what, e.why());
    }
  }

  private String allowed(String namespace, String verb, String resource) {
    return may(namespace, verb, resource)
        ? ""
        : "add verb '%s' of resource '%s' to the role".formatted(verb, resource);
  }

  private boolean may(String namespace, String verb, String resource) {
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(namespace)
            .withVerb(verb)
            .withResource(resource)
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer =
        server.create(Permission.CREATE_PODS, REVIEWS, review, SelfSubjectAccessReview.class);
    return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }

  private String pullSecret(String namespace, String secret) {
    server.outline(
        Permission.GET_SECRETS,
        Paths.secrets(namespace) + "/" + secret,
        PartialObjectMetadata.class);
    return "";
  }

  /**
   * Everything is asked that a real pod is asked: quota, limits, the standard of its security, the
   * classes and accounts it names.
   */
  private String rehearsed(String namespace) {
    var cell = new Cell(settings.name(), namespace, SOME_TYPE, SOME_IMAGE, Market.ON_DEMAND);
    var spec =
        new MachineSpec(
            MachineName.of(controller, "rehearsal"),
            new Owner(OrgId.DEFAULT, new PoolName("check")),
            cell,
            0,
            "",
            Duration.ofMinutes(1));
    server.create(
        Permission.CREATE_PODS,
        Paths.pods(namespace) + "?" + Paths.parameter("dryRun", "All"),
        requests.pod(spec),
        Pod.class);
    return "";
  }

  private String listed() {
    sightings.all();
    return "";
  }

  private Finding nodes() {
    try {
      return may("", "list", "nodes")
          ? new Nodes(server, settings.pods()).finding()
          : Finding.fine("nodes may not be listed, so whether one fits was not looked at");
    } catch (Refusal e) {
      return Finding.wrong("nodes that pods may be on", e.why());
    }
  }
}
