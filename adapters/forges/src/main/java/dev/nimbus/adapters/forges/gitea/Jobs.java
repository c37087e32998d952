package dev.nimbus.adapters.forges.gitea;

import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns what Gitea says of a job into ours. Pure; a job without sense is an illegal argument. */
final class Jobs {
  private static final int MOST_LABELS = 100;
  private static final Pattern REPOSITORY =
      Pattern.compile(".*/repos/([A-Za-z0-9._-]+/[A-Za-z0-9._-]+)/actions/.*");

  private Jobs() {}

  /** Whether it has all that a job needs; one that has not must not hide the others. */
  static boolean readable(Wire.Job job) {
    return job.id() != null
        && job.htmlUrl() != null
        && Texts.<String>all(job.labels()).size() <= MOST_LABELS;
  }

  static ForgeJobKey key(Wire.Job job) {
    if (job.id() == null) {
      throw new IllegalArgumentException("the job has no id");
    }
    return new ForgeJobKey(Long.toString(job.id()), Math.max(1, attempt(job)));
  }

  /**
   * Gitea used to count an attempt when a runner takes the job: one that waits is the next. Since
   * it keeps attempts apart, each has a number of its own from the beginning, and the page of a job
   * is named by its id and not by its place in the run, which is always less.
   */
  private static int attempt(Wire.Job job) {
    var counted = job.runAttempt() == null ? 0 : job.runAttempt();
    var apart = Texts.text(job.htmlUrl()).endsWith("/jobs/" + job.id());
    return apart || taken(job) ? counted : counted + 1;
  }

  private static boolean taken(Wire.Job job) {
    return Texts.time(job.startedAt(), Instant.EPOCH).isAfter(Instant.EPOCH);
  }

  /** The repository, by the job's address within the interface. */
  static Optional<Repository> repository(Wire.Job job) {
    var address = REPOSITORY.matcher(Texts.text(job.url()));
    return address.matches() && !address.group(1).contains("..")
        ? Optional.of(new Repository(address.group(1)))
        : Optional.empty();
  }

  static ForgeJob job(Wire.Job job, Origin origin, Repository repository, Instant now) {
    var slash = repository.value().indexOf('/');
    return new ForgeJob(
        key(job),
        repository.value().substring(0, Math.max(0, slash)),
        repository,
        Texts.all(job.labels()),
        origin.workflow(),
        Texts.text(job.name()),
        origin.title(),
        Texts.text(job.headBranch()),
        origin.event(),
        origin.actor(),
        origin.trust(),
        "",
        URI.create(Texts.text(job.htmlUrl())),
        key(job).attempt() == 1 ? Texts.time(job.createdAt(), now) : now);
  }

  static Event started(Wire.Job job, Repository repository) {
    return new Event.JobStarted(key(job), repository, Texts.text(job.runnerName()));
  }

  static Event finished(ForgeJobKey key, Wire.Job job, Repository repository) {
    return new Event.JobFinished(
        key, repository, Texts.text(job.runnerName()), Texts.text(job.conclusion()));
  }

  /** What a job does not say itself. */
  record Origin(String workflow, String title, String event, String actor, Trust trust) {
    /** What a webhook says of it: who caused it, but not whose code it runs. */
    static Origin announced(String actor) {
      return new Origin("", "", "", actor, Trust.UNKNOWN);
    }
  }
}
