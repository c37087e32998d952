package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what GitLab says of a job into ours. Pure; a job without sense is an illegal argument. */
final class Jobs {
  private Jobs() {}

  /** A job that is run again has another id, so that an id has one attempt only. */
  static ForgeJobKey key(@Nullable Long id) {
    if (id == null) {
      throw new IllegalArgumentException("the job has no id");
    }
    return new ForgeJobKey(Long.toString(id), 1);
  }

  static ForgeJob job(Wire.Job job, Origin origin, Repository repository, Instant now) {
    return new ForgeJob(
        key(job.id()),
        repository.value().substring(0, Math.max(0, repository.value().indexOf('/'))),
        repository,
        Texts.all(job.tagList()),
        "",
        Texts.text(job.name()),
        job.commit() == null ? "" : Texts.text(job.commit().title()),
        Texts.text(job.ref()),
        origin.event(),
        job.user() == null ? "" : Texts.text(job.user().username()),
        origin.trust(),
        "",
        URI.create(Texts.text(job.webUrl())),
        queuedAt(job, now));
  }

  /** When it began to wait: it may have been made long before, for a later stage. */
  private static Instant queuedAt(Wire.Job job, Instant now) {
    return job.queuedDuration() == null
        ? Texts.time(job.createdAt(), now)
        : now.minusSeconds(Math.round(Math.max(0, job.queuedDuration())));
  }

  /** How far a job has come that does not wait for a runner; empty for a status not known. */
  static Optional<Event> moved(
      String status, ForgeJobKey key, Repository repository, Wire.@Nullable Runner runner) {
    var name = runner == null ? "" : Texts.text(runner.description());
    return switch (status) {
      case "running", "canceling" -> Optional.of(new Event.JobStarted(key, repository, name));
      case "success", "failed", "canceled", "skipped" ->
          Optional.of(new Event.JobFinished(key, repository, name, status));
      case "created",
          "preparing",
          "scheduled",
          "manual",
          "waiting_for_resource",
          "waiting_for_callback" ->
          Optional.of(new Event.Ignored("job " + key + " does not wait for a runner yet"));
      default -> Optional.empty();
    };
  }

  /** What a job does not say itself. */
  record Origin(String event, Trust trust) {}
}
