package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Pages;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Finds the group runners are registered in. Its id is kept once found. */
final class RunnerGroups {
  /** Every organization and repository has it. */
  private static final long DEFAULT = 1;

  private final ForgeApi api;
  private final Settings settings;
  private final AtomicReference<Optional<Long>> known = new AtomicReference<>(Optional.empty());

  RunnerGroups(ForgeApi api, Settings settings) {
    this.api = api;
    this.settings = settings;
  }

  /** The id of the connection's group; empty when the owner has none of this name. */
  Optional<Long> id(Purpose purpose) {
    if (settings.runnerGroup().isEmpty()) {
      return Optional.of(DEFAULT);
    }
    if (known.get().isEmpty()) {
      known.set(find(purpose).map(Wire.Group::id));
    }
    return known.get();
  }

  /** The group may have been deleted and made again. */
  void forget() {
    known.set(Optional.empty());
  }

  Optional<Wire.Group> find(Purpose purpose) {
    var found = new AtomicReference<Optional<Wire.Group>>(Optional.empty());
    var path = "/orgs/" + settings.owner() + "/actions/runner-groups?per_page=100";
    new Pages(api, settings.api())
        .each(
            Call.get(path, purpose),
            reply -> {
              if (!reply.ok()) {
                throw reply.refusal("list the runner groups of '" + settings.owner() + "'");
              }
              found.set(named(reply.json(Wire.Groups.class)));
              return found.get().isEmpty();
            });
    return found.get();
  }

  private Optional<Wire.Group> named(Wire.Groups groups) {
    return Wire.<Wire.Group>all(groups.runnerGroups()).stream()
        .filter(group -> settings.runnerGroup().equalsIgnoreCase(Wire.text(group.name())))
        .findFirst();
  }
}
