package dev.nimbus.adapters.azure;

import com.azure.core.http.rest.PagedIterable;
import com.azure.core.util.Context;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.InstanceViewTypes;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks for machines, and for what was made for them. */
final class Sightings {
  private static final int MOST = 200_000;
  private static final int MOST_LOOKS = 256;
  private static final String WITH_TIMES = "createdTime";
  private static final String PARTS =
      Arrays.stream(Leftover.Part.values())
          .map(part -> "resourceType eq '%s'".formatted(part.type()))
          .collect(Collectors.joining(" or "));

  private final Arm arm;
  private final Settings settings;
  private final ControllerId controller;

  Sightings(Arm arm, Settings settings, ControllerId controller) {
    this.arm = arm;
    this.settings = settings;
    this.controller = controller;
  }

  /**
   * Every machine of the controller's, with whether it runs, and what is left of those that are no
   * more.
   */
  List<Instance> instances() {
    var group = group();
    var powers = powers();
    var found = new ArrayList<Instance>();
    group.stream()
        .filter(one -> one.madeBy(controller))
        .map(one -> one.running(powers.getOrDefault(key(one.name()), "")))
        .map(Sighting::instance)
        .forEach(found::add);
    unlisted(group).forEach(found::add);
    return List.copyOf(found);
  }

  /** All that carries the controller's tag and has no name of ours. */
  List<String> strange() {
    return group().stream()
        .filter(one -> controller.value().equals(one.tags().get(Owner.CONTROLLER)))
        .filter(one -> !one.madeBy(controller))
        .map(Sighting::name)
        .toList();
  }

  /** What has a name in the group, whoever's it is, with whether it runs. */
  Optional<Sighting> named(MachineName name) {
    try {
      return Optional.of(
          Sighting.of(
              arm.ask(
                  one ->
                      one.compute()
                          .getVirtualMachines()
                          .getByResourceGroupWithResponse(
                              settings.group(),
                              name.value(),
                              InstanceViewTypes.INSTANCE_VIEW,
                              Context.NONE)
                          .getValue())));
    } catch (Refusal e) {
      if (e.meaning() == Meaning.GONE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What was made for machines of the controller's, whether they are there or not. */
  List<Leftover> parts() {
    return read(
        one ->
            one.resources()
                .getResources()
                .listByResourceGroup(settings.group(), PARTS, WITH_TIMES, null, Context.NONE),
        resource -> Leftover.of(resource, controller));
  }

  /** Whether machines run, by their lower-case names; it is told of a whole subscription only. */
  Map<String, String> powersOrRefusal() {
    var ours = settings.groupPath().toLowerCase(Locale.ROOT) + "/";
    var powers = new HashMap<String, String>();
    read(
            one -> one.compute().getVirtualMachines().list("true", null, null, Context.NONE),
            machine ->
                String.valueOf(machine.id()).toLowerCase(Locale.ROOT).startsWith(ours)
                    ? Optional.of(Sighting.of(machine))
                    : Optional.empty())
        .forEach(one -> powers.put(key(one.name()), one.power()));
    return powers;
  }

  /** Who may not look at the subscription is told of no machine that it has shut itself down. */
  private Map<String, String> powers() {
    try {
      return powersOrRefusal();
    } catch (Refusal e) {
      if (e.meaning() == Meaning.NOT_ALLOWED) {
        return Map.of();
      }
      throw e;
    }
  }

  private List<Sighting> group() {
    return read(
        one -> one.compute().getVirtualMachines().listByResourceGroup(settings.group()),
        (VirtualMachineInner machine) -> Optional.of(Sighting.of(machine)));
  }

  /**
   * What there is of machines that are not in the list: the machine, where the list is late, or
   * what was left of it.
   */
  private List<Instance> unlisted(List<Sighting> group) {
    var listed = group.stream().map(one -> key(one.name())).collect(Collectors.toSet());
    var parts = new TreeMap<String, Leftover>();
    parts().stream()
        .filter(part -> !listed.contains(part.machine().value()))
        .forEach(part -> parts.putIfAbsent(part.machine().value(), part));
    return new TreeSet<>(parts.keySet())
        .stream().limit(MOST_LOOKS).map(parts::get).flatMap(part -> seenOr(part).stream()).toList();
  }

  private Optional<Instance> seenOr(Leftover part) {
    var seen = named(part.machine());
    return seen.isEmpty()
        ? Optional.of(part.instance())
        : seen.filter(one -> one.is(part.machine())).map(Sighting::instance);
  }

  private <T, R> List<R> read(
      Function<Arm.Clients, PagedIterable<T>> list, Function<T, Optional<R>> wanted) {
    return arm.ask(
        one -> {
          var found = new ArrayList<R>();
          var seen = 0;
          for (var resource : list.apply(one)) {
            if (++seen > MOST) {
              throw new NimbusException(
                  Kind.INTERNAL, "Cannot list machines at Azure: there are more than " + MOST);
            }
            wanted.apply(resource).ifPresent(found::add);
          }
          return found;
        });
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
