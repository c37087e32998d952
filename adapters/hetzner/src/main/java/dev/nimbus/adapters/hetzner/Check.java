package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Looks whether an account has all that machines need, and makes nothing. */
final class Check {
  /** No server has it. */
  private static final long NOBODY = 0;

  private final Api api;
  private final Settings settings;
  private final Sightings sightings;
  private final Catalog catalog;
  private final ControllerId controller;
  private final InstantSource time;

  Check(
      Api api,
      Settings settings,
      Sightings sightings,
      Catalog catalog,
      ControllerId controller,
      InstantSource time) {
    this.api = api;
    this.settings = settings;
    this.sightings = sightings;
    this.catalog = catalog;
    this.controller = controller;
    this.time = time;
  }

  List<Finding> all() {
    catalog.forget();
    var found = new ArrayList<Finding>();
    found.add(tried("may list machines", this::machines));
    found.add(tried("may make and end machines", this::writing));
    for (var location : settings.locations()) {
      found.add(tried("location %s is there".formatted(location), () -> location(location)));
    }
    types(found);
    images(found);
    others(found);
    return List.copyOf(found);
  }

  private void types(List<Finding> found) {
    for (var type : settings.serverTypes()) {
      for (var location : settings.locations()) {
        found.add(
            tried(
                "server type %s can be had in %s".formatted(type, location),
                () -> type(type, location)));
      }
    }
  }

  private void images(List<Finding> found) {
    for (var image : settings.images()) {
      for (var architecture : architectures()) {
        found.add(
            tried(
                "image %s is there for %s".formatted(image, architecture),
                () -> image(image, architecture)));
      }
    }
  }

  private void others(List<Finding> found) {
    for (var network : settings.network().networks()) {
      found.add(
          tried(
              "network %d is there".formatted(network),
              () -> there(Operation.READ_NETWORK, network)));
    }
    for (var firewall : settings.network().firewalls()) {
      found.add(
          tried(
              "firewall %d is there".formatted(firewall),
              () -> there(Operation.READ_FIREWALL, firewall)));
    }
    for (var key : settings.sshKeys()) {
      found.add(tried("SSH key '%s' is there".formatted(key), () -> sshKey(key)));
    }
  }

  /** What was looked at, with what is wrong about it, if anything is. */
  private static Finding tried(String what, Supplier<String> advice) {
    try {
      var wrong = advice.get();
      return wrong.isEmpty() ? Finding.fine(what) : Finding.wrong(what, wrong);
    } catch (Refusal e) {
      return Finding.wrong(what, e.why());
    } catch (NimbusException e) {
      return Finding.wrong(what, String.valueOf(e.getMessage()));
    }
  }

  private String machines() {
    var strange =
        sightings.existing().stream()
            .filter(one -> !one.madeBy(controller))
            .map(one -> "%s (%d)".formatted(one.server().name(), one.id()))
            .toList();
    return strange.isEmpty()
        ? ""
        : "these carry our label and no name of ours, and are left alone: "
            + String.join(", ", strange);
  }

  /** Changing nothing about no server tells a token that may write from one that may not. */
  private String writing() {
    try {
      api.change(Operation.UPDATE_SERVER, NOBODY, Map.of(), Wire.Any.class);
      return "";
    } catch (Refusal e) {
      return switch (e.meaning()) {
        case GONE, WRONG -> "";
        default -> e.why();
      };
    }
  }

  private String location(String location) {
    var there =
        api.list(Operation.LIST_LOCATIONS, Map.of("name", location), Wire.Locations.class)
            .locations();
    return there.stream().anyMatch(one -> one.name().equals(location))
        ? ""
        : "Hetzner knows no such location: correct option locations";
  }

  private String type(String name, String location) {
    var type = catalog.type(name);
    if (type.isEmpty()) {
      return "Hetzner knows no such type: correct option server_types";
    }
    return type.get().locations().stream()
        .filter(at -> at.name().equals(location))
        .map(this::orderable)
        .findFirst()
        .orElse("it is not offered there");
  }

  private String orderable(Wire.OfferedAt at) {
    if (at.deprecation() != null) {
      var until = at.deprecation().unavailableAfter();
      return time.instant().isBefore(until)
          ? "it is being withdrawn there, and cannot be ordered after " + until
          : "it is withdrawn there since " + until;
    }
    return Boolean.FALSE.equals(at.available()) ? "it is sold out there at the moment" : "";
  }

  private String image(String image, String architecture) {
    var found = catalog.image(image, architecture);
    if (found.isEmpty()) {
      return "Hetzner has none: correct option images";
    }
    if (!found.get().status().equals("available")) {
      return "it is '%s', not available".formatted(found.get().status());
    }
    return found.get().deprecated() == null
        ? ""
        : "it is being withdrawn since " + found.get().deprecated();
  }

  /** Of the types that may be used; of all there are where any may be. */
  private Set<String> architectures() {
    var found = new TreeSet<String>();
    try {
      settings.serverTypes().stream()
          .flatMap(type -> catalog.type(type).stream())
          .map(Wire.ServerType::architecture)
          .forEach(found::add);
    } catch (Refusal e) {
      found.clear(); // What is wrong is found at the types.
    }
    if (found.isEmpty()) {
      found.add("x86");
    }
    return found;
  }

  private String there(Operation operation, long id) {
    api.one(operation, id, Wire.Any.class);
    return "";
  }

  private String sshKey(String key) {
    if (Catalog.numbered(key)) {
      return there(Operation.READ_SSH_KEY, Long.parseLong(key));
    }
    var found =
        api.list(Operation.LIST_SSH_KEYS, Map.of("name", key), Wire.SshKeys.class).sshKeys();
    return found.stream().anyMatch(one -> one.name().equals(key))
        ? ""
        : "the project has no key of that name: correct option ssh_keys";
  }
}
