package dev.nimbus.adapters.gcp;

import com.google.api.services.compute.model.InstanceAggregatedList;
import com.google.api.services.compute.model.InstancesScopedList;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks for machines. What was made some seconds ago may be missing in a list. */
final class Sightings {
  private static final long PAGE = 500;
  private static final int MOST_PAGES = 2000;
  private static final int MOST = 200_000;
  private static final String UNREACHABLE = "UNREACHABLE";
  private static final String PARTIAL = "PARTIAL_SUCCESS";
  private static final String LISTED =
      "items/*/instances(%s),items/*/warning(code),nextPageToken,unreachables,warning(code)"
          .formatted(Sighting.FIELDS);

  private final Gce gce;
  private final Settings settings;
  private final ControllerId controller;

  Sightings(Gce gce, Settings settings, ControllerId controller) {
    this.gce = gce;
    this.settings = settings;
    this.controller = controller;
  }

  /**
   * All that carries the controller's label, in every zone of the project, also what has no name of
   * ours. A zone that does not answer makes it fail: machines that are only not seen would look as
   * if they were gone.
   */
  List<Sighting> existing() {
    var found = new ArrayList<Sighting>();
    var token = "";
    for (var page = 0; page < MOST_PAGES && found.size() <= MOST; page++) {
      var answer = page(token);
      checkWhole(answer);
      scopes(answer).values().stream()
          .flatMap(scope -> Optional.ofNullable(scope.getInstances()).stream())
          .flatMap(List::stream)
          .map(Sighting::of)
          .forEach(found::add);
      token = Optional.ofNullable(answer.getNextPageToken()).orElse("");
      if (token.isEmpty()) {
        return found;
      }
    }
    throw new NimbusException(
        Kind.INTERNAL,
        "Cannot list machines at Google: there are more than %d, or more than %d pages"
            .formatted(MOST, MOST_PAGES));
  }

  /** What has a name in a zone, whoever's it is. */
  Optional<Sighting> named(String zone, MachineName name) {
    try {
      return Optional.of(
          Sighting.of(
              gce.ask(
                  Action.INSTANCES_GET,
                  client ->
                      client
                          .instances()
                          .get(settings.project(), zone, name.value())
                          .setFields(Sighting.FIELDS))));
    } catch (Refusal e) {
      if (e.meaning() == Meaning.GONE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private InstanceAggregatedList page(String token) {
    return gce.ask(
        Action.INSTANCES_LIST,
        client -> {
          var request =
              client
                  .instances()
                  .aggregatedList(settings.project())
                  .setFilter("labels.%s = \"%s\"".formatted(Owner.CONTROLLER, controller))
                  .setMaxResults(PAGE)
                  .setFields(LISTED);
          return token.isEmpty() ? request : request.setPageToken(token);
        });
  }

  private static void checkWhole(InstanceAggregatedList answer) {
    var missing = new ArrayList<>(Optional.ofNullable(answer.getUnreachables()).orElse(List.of()));
    scopes(answer)
        .forEach(
            (zone, scope) -> {
              if (scope.getWarning() != null && partial(scope.getWarning().getCode())) {
                missing.add(zone);
              }
            });
    if (answer.getWarning() != null && partial(answer.getWarning().getCode())) {
      missing.add(answer.getWarning().getCode());
    }
    if (!missing.isEmpty()) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot list machines at Google: no answer from %s".formatted(missing));
    }
  }

  private static boolean partial(String code) {
    return UNREACHABLE.equals(code) || PARTIAL.equals(code);
  }

  private static Map<String, InstancesScopedList> scopes(InstanceAggregatedList answer) {
    return new TreeMap<>(Optional.ofNullable(answer.getItems()).orElse(Map.of()));
  }
}
