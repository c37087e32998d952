package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Pages;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.id.Repository;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The repositories of a connection in which jobs may wait. */
final class Repositories {
  private final ForgeApi api;
  private final Settings settings;
  private final InstantSource time;

  Repositories(ForgeApi api, Settings settings, InstantSource time) {
    this.api = api;
    this.settings = settings;
    this.time = time;
  }

  /** Those the connection names, or else those to which something was pushed not long ago. */
  List<Repository> active() {
    if (!settings.repositories().isEmpty()) {
      return settings.repositories();
    }
    var since = time.instant().minus(settings.activeWithin());
    var found = new ArrayList<Repository>();
    new Pages(api, settings.api())
        .each(
            Call.get(path(), Purpose.POLL),
            reply -> {
              var page = page(reply);
              page.stream()
                  .filter(repo -> alive(repo, since))
                  .map(repo -> new Repository(Wire.text(repo.fullName())))
                  .filter(settings::covers)
                  .forEach(found::add);
              return settings.byApp() || page.stream().anyMatch(repo -> alive(repo, since));
            });
    return found;
  }

  /** An App is told its own; for a token the ones pushed to last come first. */
  private String path() {
    return settings.byApp()
        ? "/installation/repositories?per_page=100"
        : "/orgs/" + settings.owner() + "/repos?per_page=100&sort=pushed&direction=desc";
  }

  private List<Wire.Repo> page(Reply reply) {
    if (!reply.ok()) {
      throw reply.refusal("list the repositories of '" + settings.owner() + "'");
    }
    return settings.byApp()
        ? Wire.all(reply.json(Wire.Repos.class).repositories())
        : List.of(reply.json(Wire.Repo[].class));
  }

  private static boolean alive(Wire.Repo repo, Instant since) {
    return repo.pushedAt() != null
        && !Jobs.time(repo.pushedAt(), since).isBefore(since)
        && !Boolean.TRUE.equals(repo.archived())
        && !Boolean.TRUE.equals(repo.disabled());
  }
}
