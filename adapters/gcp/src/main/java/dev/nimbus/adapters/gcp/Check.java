package dev.nimbus.adapters.gcp;

import com.google.api.services.compute.model.Quota;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Looks whether an account has all that machines need, and makes nothing. */
final class Check {
  private static final Set<String> COUNTED =
      Set.of("CPUS", "DISKS_TOTAL_GB", "INSTANCES", "SSD_TOTAL_GB");

  private final Gce gce;
  private final Settings settings;
  private final Sightings sightings;
  private final ControllerId controller;
  private final List<Finding> found = new ArrayList<>();

  Check(Gce gce, Settings settings, Sightings sightings, ControllerId controller) {
    this.gce = gce;
    this.settings = settings;
    this.sightings = sightings;
    this.controller = controller;
  }

  List<Finding> all() {
    permissions(settings.project());
    if (!settings.networkProject().equals(settings.project())) {
      permissions(settings.networkProject());
    }
    look(
        "no machine carries our label without a name of ours",
        Action.INSTANCES_LIST,
        this::strange);
    for (var zone : settings.zones()) {
      look("zone %s is up".formatted(zone), Action.ZONES_GET, () -> zone(zone));
      for (var type : settings.checkTypes()) {
        look(
            "zone %s has machine type %s".formatted(zone, type),
            Action.MACHINE_TYPES_GET,
            () -> type(zone, type));
      }
    }
    for (var image : settings.checkImages()) {
      look(
          "image %s is there".formatted(image.path(settings.project())),
          image.family() ? Action.IMAGES_GET_FROM_FAMILY : Action.IMAGES_GET,
          () -> image(image));
    }
    network();
    settings.regions().forEach(this::quotas);
    return List.copyOf(found);
  }

  /** Notes what was looked at, with what is wrong about it, if anything is. */
  private void look(String what, Action action, Supplier<String> advice) {
    try {
      var wrong = advice.get();
      found.add(wrong.isEmpty() ? Finding.fine(what) : Finding.wrong(what, wrong));
    } catch (Refusal e) {
      var hint =
          e.meaning() == Meaning.NOT_ALLOWED || action.permission().isEmpty()
              ? ""
              : " (asked by %s)".formatted(action.permission());
      found.add(Finding.wrong(what, e.why() + hint));
    } catch (NimbusException e) {
      found.add(Finding.wrong(what, String.valueOf(e.getMessage())));
    }
  }

  private void permissions(String project) {
    var needed =
        Arrays.stream(Action.values())
            .filter(action -> action.neededIn(project, settings))
            .map(Action::permission)
            .toList();
    try {
      var there = gce.permitted(project, needed);
      for (var permission : needed) {
        found.add(
            there.contains(permission)
                ? Finding.fine("may use %s in %s".formatted(permission, project))
                : Finding.wrong(
                    "may use %s in %s".formatted(permission, project),
                    "add it to the role of %s".formatted(settings.access())));
      }
    } catch (Refusal e) {
      found.add(Finding.wrong("may ask which permissions there are in " + project, e.why()));
    }
  }

  private String strange() {
    var strange =
        sightings.existing().stream()
            .filter(one -> !one.madeBy(controller))
            .map(one -> one.zone() + "/" + one.name())
            .toList();
    return strange.isEmpty() ? "" : "these are left alone: " + String.join(", ", strange);
  }

  private String zone(String zone) {
    var answer =
        gce.ask(
            Action.ZONES_GET,
            client -> client.zones().get(settings.project(), zone).setFields("name,status"));
    return "UP".equals(answer.getStatus())
        ? ""
        : "Google says it is %s".formatted(answer.getStatus());
  }

  private String type(String zone, String type) {
    gce.ask(
        Action.MACHINE_TYPES_GET,
        client -> client.machineTypes().get(settings.project(), zone, type).setFields("name"));
    return "";
  }

  private String image(ImageName image) {
    var project = image.projectOr(settings.project());
    var answer =
        image.family()
            ? gce.ask(
                Action.IMAGES_GET_FROM_FAMILY,
                client ->
                    client.images().getFromFamily(project, image.name()).setFields("name,status"))
            : gce.ask(
                Action.IMAGES_GET,
                client -> client.images().get(project, image.name()).setFields("name,status"));
    return "READY".equals(answer.getStatus())
        ? ""
        : "Google says it is %s".formatted(answer.getStatus());
  }

  private void network() {
    var project = settings.networkProject();
    if (settings.subnetworks().isEmpty()) {
      look(
          "network %s is there".formatted(settings.network()),
          Action.NETWORKS_GET,
          () -> network(project, settings.network()));
    }
    settings
        .subnetworks()
        .forEach(
            (region, name) ->
                look(
                    "subnetwork %s is in %s".formatted(name, region),
                    Action.SUBNETWORKS_GET,
                    () -> subnetwork(project, region, name)));
  }

  private String network(String project, String name) {
    var answer =
        gce.ask(
            Action.NETWORKS_GET,
            client -> client.networks().get(project, name).setFields("name,autoCreateSubnetworks"));
    return Boolean.TRUE.equals(answer.getAutoCreateSubnetworks())
        ? ""
        : "it makes no subnetworks of its own: name them in option subnetworks";
  }

  private String subnetwork(String project, String region, String name) {
    gce.ask(
        Action.SUBNETWORKS_GET,
        client -> client.subnetworks().get(project, region, name).setFields("name"));
    return "";
  }

  private void quotas(String region) {
    look(
        "region %s has room in its quotas".formatted(region),
        Action.REGIONS_GET,
        () -> {
          var answer =
              gce.ask(
                  Action.REGIONS_GET,
                  client ->
                      client.regions().get(settings.project(), region).setFields("name,quotas"));
          return String.join(
              ", ",
              Optional.ofNullable(answer.getQuotas()).orElse(List.of()).stream()
                  .filter(quota -> counted().contains(quota.getMetric()) && full(quota))
                  .map(Check::said)
                  .toList());
        });
  }

  /** What machines of the account are counted by, those of their families among it. */
  private Set<String> counted() {
    var counted = new TreeSet<>(COUNTED);
    if (settings.externalIp()) {
      counted.add("IN_USE_ADDRESSES");
    }
    for (var type : settings.checkTypes()) {
      counted.add(type.split("-", 2)[0].toUpperCase(Locale.ROOT) + "_CPUS");
    }
    return counted;
  }

  private static boolean full(Quota quota) {
    return quota.getLimit() != null
        && quota.getUsage() != null
        && quota.getUsage() >= quota.getLimit();
  }

  private static String said(Quota quota) {
    return "%s: %.0f of %.0f are used"
        .formatted(quota.getMetric(), quota.getUsage(), quota.getLimit());
  }
}
