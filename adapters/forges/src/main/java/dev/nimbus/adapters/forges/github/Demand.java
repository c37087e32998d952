package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.github.scaleset.ScaleSet;
import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Pages;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The jobs GitHub says are waiting. It has no list of them: they are found by repository and run,
 * where a run that waits for one of its jobs to be allowed, or that began, may have others that
 * wait for a runner. A run that goes on between two questions is seen by both, because they are
 * asked in the order in which runs go on.
 */
final class Demand {
  private static final List<String> STATUSES = List.of("waiting", "queued", "in_progress");

  private final ForgeApi api;
  private final Settings settings;
  private final Repositories repositories;
  private final KnownRuns runs;
  private final InstantSource time;

  Demand(
      ForgeApi api,
      Settings settings,
      Repositories repositories,
      KnownRuns runs,
      InstantSource time) {
    this.api = api;
    this.settings = settings;
    this.repositories = repositories;
    this.runs = runs;
    this.time = time;
  }

  /** Those but the ones a scale set tells of. */
  List<ForgeJob> waiting(Optional<Repository> only) {
    return all(only).stream().filter(job -> !settings.queued(job.labels())).toList();
  }

  /** Those a scale set may be given. */
  List<ForgeJob> waitingFor(ScaleSet set) {
    return all(Optional.empty()).stream()
        .filter(job -> set.fits(job.labels()))
        .map(job -> Jobs.of(set, job))
        .toList();
  }

  private List<ForgeJob> all(Optional<Repository> only) {
    var where = only.map(List::of).orElseGet(repositories::active);
    return where.stream().filter(settings::covers).flatMap(r -> waiting(r).stream()).toList();
  }

  /** What became of a job; empty when the repository has none of this id. */
  Optional<Event> ask(ForgeJobKey key, Repository repository) {
    if (!settings.covers(repository) || !key.id().matches("\\d{1,18}")) {
      return settings.covers(repository) ? runs.ask(key, repository) : Optional.empty();
    }
    var reply = api.send(job(key, repository));
    if (reply.status() == 404) {
      return Optional.empty();
    }
    var job = fine(reply, "ask for job " + key).json(Wire.Job.class);
    return Jobs.event(job, run(job, repository), repository, time.instant());
  }

  /** Asks what GitHub knows of one job. */
  static Call job(ForgeJobKey key, Repository repository) {
    return Call.get(actions(repository) + "/jobs/" + Call.segment(key.id()), Purpose.MINT);
  }

  /** Only for a job that still waits does it matter where it comes from. */
  private Wire.Run run(Wire.Job job, Repository repository) {
    if (job.runId() == null || !"queued".equals(job.status())) {
      return Wire.Run.UNKNOWN;
    }
    var path = actions(repository) + "/runs/" + job.runId() + "?exclude_pull_requests=true";
    return fine(api.send(Call.get(path, Purpose.MINT)), "ask for run " + job.runId())
        .json(Wire.Run.class);
  }

  private List<ForgeJob> waiting(Repository repository) {
    var runs = new LinkedHashMap<Long, Wire.Run>();
    for (var status : STATUSES) {
      var path = "/runs?per_page=100&exclude_pull_requests=true&status=" + status;
      pages(actions(repository) + path, reply -> collect(reply.json(Wire.Runs.class), runs));
    }
    var found = new ArrayList<ForgeJob>();
    runs.forEach((id, run) -> found.addAll(waiting(repository, id, run)));
    return found;
  }

  private static void collect(Wire.Runs page, Map<Long, Wire.Run> runs) {
    for (var run : Wire.<Wire.Run>all(page.workflowRuns())) {
      if (run.id() != null) {
        runs.putIfAbsent(run.id(), run);
      }
    }
  }

  private List<ForgeJob> waiting(Repository repository, long id, Wire.Run run) {
    var found = new ArrayList<ForgeJob>();
    pages(
        actions(repository) + "/runs/" + id + "/jobs?filter=latest&per_page=100",
        reply ->
            Wire.<Wire.Job>all(reply.json(Wire.Jobs.class).jobs()).stream()
                .filter(job -> "queued".equals(job.status()))
                .forEach(job -> sensible(job, run, repository).ifPresent(found::add)));
    return found;
  }

  /** One job without sense must not hide the others. */
  private Optional<ForgeJob> sensible(Wire.Job job, Wire.Run run, Repository repository) {
    try {
      return Optional.of(Jobs.listed(job, run, repository, time.instant()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What was deleted while we looked holds nothing that waits. */
  private void pages(String path, Consumer<Reply> page) {
    new Pages(api, settings.api())
        .each(
            Call.get(path, Purpose.POLL),
            reply -> {
              if (reply.status() == 404) {
                return false;
              }
              page.accept(fine(reply, "look for jobs at " + path));
              return true;
            });
  }

  private static Reply fine(Reply reply, String doing) {
    if (!reply.ok()) {
      throw reply.refusal(doing);
    }
    return reply;
  }

  private static String actions(Repository repository) {
    return "/repos/" + repository + "/actions";
  }
}
