package dev.nimbus.adapters.azure;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.NimbusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Looks whether an account has all that machines need, and makes nothing. */
final class Check {
  private static final String NETWORKS = "2024-05-01";

  private final Arm arm;
  private final Settings settings;
  private final Sightings sightings;
  private final Offers offers;
  private final List<Finding> found = new ArrayList<>();

  Check(Arm arm, Settings settings, Sightings sightings) {
    this.arm = arm;
    this.settings = settings;
    this.sightings = sightings;
    this.offers = new Offers(arm, settings);
  }

  List<Finding> all() {
    look("resource group %s is there".formatted(settings.group()), this::group);
    for (var scope : List.of(Action.Scope.GROUP, Action.Scope.SUBSCRIPTION)) {
      look("may do all that is asked for in the " + scope.word(), () -> permissions(scope));
    }
    look("no machine carries our tag without a name of ours", this::strange);
    look("may see whether machines run", this::powers);
    settings.network().subnets().forEach(this::subnet);
    settings.network().securityGroups().forEach(this::securityGroup);
    for (var location : settings.network().subnets().keySet()) {
      sizes(location);
      images(location);
      look("location %s has room in its quotas".formatted(location), () -> offers.quotas(location));
    }
    return List.copyOf(found);
  }

  /** Notes what was looked at, with what is wrong about it, if anything is. */
  private void look(String what, Supplier<String> advice) {
    try {
      var wrong = advice.get();
      found.add(wrong.isEmpty() ? Finding.fine(what) : Finding.wrong(what, wrong));
    } catch (Refusal e) {
      found.add(Finding.wrong(what, e.why()));
    } catch (NimbusException e) {
      found.add(Finding.wrong(what, String.valueOf(e.getMessage())));
    }
  }

  private String group() {
    arm.ask(one -> one.resources().getResourceGroups().get(settings.group()));
    return "";
  }

  private String permissions(Action.Scope scope) {
    var path = scope == Action.Scope.GROUP ? settings.groupPath() : settings.subscriptionPath();
    var there =
        Permissions.read(
            arm.read(
                path + "/providers/Microsoft.Authorization/permissions?api-version=2022-04-01"));
    var missing =
        List.of(Action.values()).stream()
            .filter(action -> action.scope() == scope && action.needed(settings))
            .filter(action -> !there.allow(action))
            .map(Action::rbac)
            .toList();
    return missing.isEmpty()
        ? ""
        : "the role of %s lacks %s".formatted(settings.access(), String.join(", ", missing));
  }

  private String strange() {
    var strange = sightings.strange();
    return strange.isEmpty() ? "" : "these are left alone: " + String.join(", ", strange);
  }

  private String powers() {
    sightings.powersOrRefusal();
    return "";
  }

  private void subnet(String location, String id) {
    look("subnet %s is there".formatted(last(id)), () -> there(id));
    look(
        "the network of subnet %s is in %s".formatted(last(id), location),
        () -> in(location, id.substring(0, id.toLowerCase(Locale.ROOT).indexOf("/subnets/"))));
  }

  private void securityGroup(String location, String id) {
    look(
        "network security group %s is in %s".formatted(last(id), location), () -> in(location, id));
  }

  private String there(String id) {
    arm.resource(id, NETWORKS);
    return "";
  }

  private String in(String location, String id) {
    var said = arm.resource(id, NETWORKS).location();
    var there = Place.of(said, null).location();
    return there.equals(location) ? "" : "it is in " + there;
  }

  private void sizes(String location) {
    if (settings.checkTypes().isEmpty()) {
      return;
    }
    for (var type : settings.checkTypes()) {
      look("location %s has size %s".formatted(location, type), () -> offers.size(location, type));
    }
  }

  private void images(String location) {
    for (var image : settings.checkImages()) {
      look(
          "image %s is there, in %s".formatted(image, location),
          () -> offers.image(location, image));
    }
  }

  private static String last(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
