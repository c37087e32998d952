package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.github.scaleset.ScaleSet;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what GitHub says of a job into ours. Pure; a job without sense is an illegal argument. */
final class Jobs {
  private Jobs() {}

  static ForgeJobKey key(Wire.Job job) {
    if (job.id() == null) {
      throw new IllegalArgumentException("the job has no id");
    }
    var attempt = job.runAttempt() == null ? 1 : Math.max(1, job.runAttempt());
    return new ForgeJobKey(Long.toString(job.id()), attempt);
  }

  /** What a webhook says of a job that waits; whose code it runs, it does not say. */
  static ForgeJob announced(Wire.Job job, Repository repository, String actor, Instant now) {
    return job(job, repository, new Origin("", "", actor, Trust.UNKNOWN), now);
  }

  /** What a job and the run it belongs to say together. */
  static ForgeJob listed(Wire.Job job, Wire.Run run, Repository repository, Instant now) {
    return job(job, repository, origin(run, repository), now);
  }

  /** How far a job has come, by its status; empty while it waits for something else. */
  static Optional<Event> event(Wire.Job job, Wire.Run run, Repository repository, Instant now) {
    return switch (Wire.text(job.status())) {
      case "queued" -> Optional.of(new Event.JobQueued(listed(job, run, repository, now)));
      case "in_progress" -> Optional.of(started(job, repository));
      case "completed" -> Optional.of(finished(job, repository));
      case "waiting", "pending", "requested" ->
          Optional.of(new Event.Ignored("the job does not wait for a runner yet"));
      default -> Optional.empty();
    };
  }

  static Event started(Wire.Job job, Repository repository) {
    return new Event.JobStarted(key(job), repository, Wire.text(job.runnerName()));
  }

  static Event finished(Wire.Job job, Repository repository) {
    return new Event.JobFinished(
        key(job), repository, Wire.text(job.runnerName()), Wire.text(job.conclusion()));
  }

  /** The same job, for a runner of a scale set. */
  static ForgeJob of(ScaleSet set, ForgeJob job) {
    return new ForgeJob(
        job.key(),
        job.owner(),
        job.repository(),
        job.labels(),
        job.workflow(),
        job.name(),
        job.title(),
        job.branch(),
        job.event(),
        job.actor(),
        job.trust(),
        set.name(),
        job.link(),
        job.queuedAt());
  }

  private static ForgeJob job(Wire.Job job, Repository repository, Origin origin, Instant now) {
    return new ForgeJob(
        key(job),
        repository.value().substring(0, repository.value().indexOf('/')),
        repository,
        Wire.all(job.labels()),
        Wire.text(job.workflowName()),
        Wire.text(job.name()),
        origin.title(),
        Wire.text(job.headBranch()),
        origin.event(),
        origin.actor(),
        origin.trust(),
        "",
        URI.create(Wire.text(job.htmlUrl())),
        time(job.createdAt(), now));
  }

  private static Origin origin(Wire.Run run, Repository repository) {
    var actor = run.triggeringActor() == null ? run.actor() : run.triggeringActor();
    return new Origin(
        Wire.text(run.displayTitle()),
        Wire.text(run.event()),
        login(actor),
        trust(run, repository));
  }

  /**
   * A run whose code is kept elsewhere comes from a fork. GitHub does not say whether the fork's
   * owner may write here, so every fork is a stranger's; the fork may be gone by now, too.
   */
  static Trust trust(Wire.Run run, Repository repository) {
    var head = run.headRepository();
    if (head == null || head.fullName() == null) {
      return Wire.text(run.event()).startsWith("pull_request") ? Trust.FORK : Trust.UNKNOWN;
    }
    return head.fullName().equalsIgnoreCase(repository.value()) ? Trust.MEMBER : Trust.FORK;
  }

  static String login(Wire.@Nullable Account account) {
    return account == null ? "" : Wire.text(account.login());
  }

  /** When something happened; now, when GitHub does not say. */
  static Instant time(@Nullable String text, Instant now) {
    try {
      return text == null ? now : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return now; // Only for display and order.
    }
  }

  private record Origin(String title, String event, String actor, Trust trust) {}
}
