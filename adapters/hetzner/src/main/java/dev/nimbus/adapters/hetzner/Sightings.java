package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Owner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for servers. */
final class Sightings {
  private static final String PAGE = "50";
  private static final int MOST_PAGES = 1_000;

  private final Api api;
  private final ControllerId controller;

  Sightings(Api api, ControllerId controller) {
    this.api = api;
    this.controller = controller;
  }

  /**
   * All that carries the controller's label, also what has no name of ours.
   *
   * <p>Pages are counted from the oldest server, and are read from the last one to the first: when
   * one goes in between, those after it move to pages that are read later, and none is missed.
   */
  List<Sighting> existing() {
    var first = page(1);
    var found = new LinkedHashMap<Long, Sighting>();
    var last = lastPage(first);
    for (var page = last; page > 1; page--) {
      add(found, page(page));
    }
    add(found, last > 1 ? page(1) : first);
    return List.copyOf(found.values());
  }

  /** The server of a name, whoever's it is: there is one at most in a project. */
  Optional<Sighting> named(MachineName name) {
    var query = Map.of("name", name.value());
    return api.list(Operation.LIST_SERVERS, query, Wire.Servers.class).servers().stream()
        .filter(one -> one.name().equals(name.value()))
        .map(Sighting::of)
        .findFirst();
  }

  /** The server of a number, whoever's it is; empty when there is none. */
  Optional<Sighting> byId(long id) {
    try {
      return Optional.of(
          Sighting.of(api.one(Operation.READ_SERVER, id, Wire.OneServer.class).server()));
    } catch (Refusal e) {
      if (e.meaning() == Meaning.GONE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Wire.Servers page(int page) {
    return api.list(
        Operation.LIST_SERVERS,
        Map.of(
            "label_selector",
            Owner.CONTROLLER + "==" + controller,
            "sort",
            "id:asc",
            "page",
            Integer.toString(page),
            "per_page",
            PAGE),
        Wire.Servers.class);
  }

  /** A list that is cut short would look as if machines were gone. */
  private static int lastPage(Wire.Servers first) {
    var pagination = first.meta() == null ? null : first.meta().pagination();
    var last = pagination == null ? null : pagination.lastPage();
    if (last == null && pagination != null && pagination.nextPage() != null) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot list machines at Hetzner: it does not say how many pages");
    }
    if (last != null && last > MOST_PAGES) {
      throw new NimbusException(
          Kind.INTERNAL,
          "Cannot list machines at Hetzner: there are %d pages, more than %d"
              .formatted(last, MOST_PAGES));
    }
    return last == null ? 1 : last;
  }

  private static void add(Map<Long, Sighting> found, Wire.Servers page) {
    page.servers().stream().map(Sighting::of).forEach(one -> found.put(one.id(), one));
  }
}
