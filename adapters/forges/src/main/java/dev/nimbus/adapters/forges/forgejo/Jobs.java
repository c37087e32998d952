package dev.nimbus.adapters.forges.forgejo;

import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns what Forgejo says of a job into ours. It never says which runner took one. Pure; a job
 * without sense is an illegal argument.
 */
final class Jobs {
  private static final int MOST_LABELS = 100;

  private final URI url;

  /**
   * @param url where people find the forge
   */
  Jobs(URI url) {
    this.url = url;
  }

  /** Whether it has all that a job needs; one that has not must not hide the others. */
  static boolean readable(Wire.Job job) {
    return job.id() != null && Texts.<String>all(job.runsOn()).size() <= MOST_LABELS;
  }

  static ForgeJobKey key(Wire.Job job) {
    if (job.id() == null) {
      throw new IllegalArgumentException("the job has no id");
    }
    return new ForgeJobKey(Long.toString(job.id()), attempt(job));
  }

  /** Counts from 1; a Forgejo that counts from 0 has not begun, and one before 15 counts none. */
  private static int attempt(Wire.Job job) {
    return job.attempt() == null ? 1 : Math.max(1, job.attempt());
  }

  ForgeJob job(Wire.Job job, Wire.Run run, Repository repository, Instant now) {
    var slash = repository.value().indexOf('/');
    return new ForgeJob(
        key(job),
        repository.value().substring(0, Math.max(0, slash)),
        repository,
        Texts.all(job.runsOn()),
        Texts.text(run.workflowId()),
        Texts.text(job.name()),
        Texts.text(run.title()),
        Texts.text(run.prettyref()),
        Texts.text(run.triggerEvent()),
        run.triggerUser() == null ? "" : Texts.text(run.triggerUser().login()),
        trust(run),
        Texts.text(job.handle()),
        link(job, run, repository),
        attempt(job) == 1 ? Texts.time(run.created(), now) : now);
  }

  /** How far a job has come, by a word of Forgejo's. */
  Optional<Event> event(
      String status, Wire.Job job, Wire.Run run, Repository repository, Instant now) {
    return switch (status) {
      case "waiting" -> Optional.of(new Event.JobQueued(job(job, run, repository, now)));
      case "running" -> Optional.of(new Event.JobStarted(key(job), repository, ""));
      case "success", "failure", "cancelled", "skipped" ->
          Optional.of(new Event.JobFinished(key(job), repository, "", status));
      case "blocked" -> Optional.of(new Event.Ignored("job " + key(job) + " waits for others"));
      default -> Optional.empty();
    };
  }

  private static Trust trust(Wire.Run run) {
    if (run.isForkPullRequest() == null) {
      return Trust.UNKNOWN;
    }
    return run.isForkPullRequest() ? Trust.FORK : Trust.MEMBER;
  }

  private URI link(Wire.Job job, Wire.Run run, Repository repository) {
    if (job.htmlUrl() != null) {
      return URI.create(job.htmlUrl());
    }
    return run.htmlUrl() == null
        ? URI.create(url + "/" + repository + "/actions")
        : URI.create(run.htmlUrl());
  }
}
