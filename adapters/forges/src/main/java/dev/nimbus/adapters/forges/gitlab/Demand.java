package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What GitLab says of its jobs. */
final class Demand {
  private static final String PENDING = "/jobs?scope%5B%5D=pending&pagination=keyset&per_page=100";

  private final ForgeApi api;
  private final Listing listing;
  private final Settings settings;
  private final Projects projects;
  private final Origins origins;
  private final InstantSource time;

  Demand(ForgeApi api, Settings settings, Projects projects, InstantSource time) {
    this.api = api;
    this.listing = new Listing(api);
    this.settings = settings;
    this.projects = projects;
    this.origins = new Origins(api, time);
    this.time = time;
  }

  /** Where a project's waiting jobs are listed. */
  static String pending(Repository repository) {
    return Projects.path(repository) + PENDING;
  }

  List<ForgeJob> waiting(Optional<Repository> only) {
    if (only.isPresent() && !settings.covers(only.get())) {
      return List.of();
    }
    var named = only.map(List::of).orElseGet(settings::repositories);
    return named.isEmpty()
        ? found()
        : named.stream().flatMap(one -> jobs(one, listed(one)).stream()).toList();
  }

  private List<Wire.Job> listed(Repository repository) {
    return listing.all(pending(repository), Purpose.POLL, Wire.Job[].class);
  }

  /** Those of projects nobody named: one that may not be seen must not hide the others. */
  private List<ForgeJob> found() {
    var jobs = new ArrayList<ForgeJob>();
    var turn = projects.turn();
    var hidden = 0;
    for (var project : turn) {
      var seen = listing.seen(pending(project), Purpose.POLL, Wire.Job[].class);
      jobs.addAll(jobs(project, seen.orElse(List.of())));
      hidden += seen.isPresent() ? 0 : 1;
    }
    if (hidden > 0 && hidden == turn.size()) {
      throw new NimbusException(
          Kind.DENIED,
          "Cannot list the jobs of '%s': the token may see those of none of %d projects"
              .formatted(settings.owner(), hidden));
    }
    return jobs;
  }

  /** The oldest first, as they are to be served. */
  private List<ForgeJob> jobs(Repository repository, List<Wire.Job> listed) {
    return listed.stream()
        .filter(job -> "pending".equals(job.status()))
        .flatMap(job -> sensible(job, repository))
        .sorted(Comparator.comparingLong(job -> Long.parseLong(job.key().id())))
        .toList();
  }

  /** One job without sense must not hide the others. */
  private Stream<ForgeJob> sensible(Wire.Job job, Repository repository) {
    try {
      return Stream.of(job(job, repository));
    } catch (IllegalArgumentException e) {
      return Stream.of();
    }
  }

  Optional<Event> ask(ForgeJobKey key, Repository repository) {
    if (!settings.covers(repository) || !key.id().matches("\\d{1,18}") || key.attempt() != 1) {
      return Optional.empty();
    }
    var reply = one(key, repository);
    if (reply.status() == 404) {
      return Optional.empty();
    }
    if (!reply.ok()) {
      throw reply.refusal("ask for job " + key);
    }
    return event(reply.json(Wire.Job.class), key, repository);
  }

  /** A job as GitLab tells of it now. */
  Reply one(ForgeJobKey key, Repository repository) {
    return api.send(Call.get(Projects.path(repository) + "/jobs/" + key.id(), Purpose.MINT));
  }

  private Optional<Event> event(Wire.Job job, ForgeJobKey key, Repository repository) {
    var status = Texts.text(job.status());
    return status.equals("pending")
        ? Optional.of(new Event.JobQueued(job(job, repository)))
        : Jobs.moved(status, key, repository, job.runner());
  }

  private ForgeJob job(Wire.Job job, Repository repository) {
    return Jobs.job(job, origins.of(job, repository), repository, time.instant());
  }
}
