package dev.nimbus.adapters.forges.forgejo;

import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.adapters.forges.kin.Hooks;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.id.Repository;
import dev.nimbus.json.Json;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads Forgejo's webhooks. Up to 16 they say only that a run is over, which is a reason to look at
 * its repository; from 17 on they tell of each job. What is acted on is the name of the event: the
 * status within a job may be of another moment. Pure.
 */
final class HookReader implements Hooks.Reader {
  private static final String JOB = "workflow_job_";
  private static final String RUN = "action_run_";

  private final Jobs jobs;

  HookReader(Jobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public Event read(String event, byte[] body, Instant receivedAt) {
    if (event.startsWith(JOB)) {
      return job(event.substring(JOB.length()), Json.read(body, Wire.Hook.class), receivedAt);
    }
    if (event.startsWith(RUN)) {
      return run(Json.read(body, Wire.Hook.class));
    }
    return new Event.Ignored("events '" + event + "' say nothing about jobs");
  }

  /** The job a body is about, whatever happened to it. Asks for no signature. */
  static ForgeJob described(byte[] body, Instant at) {
    var hook = Json.read(body, Wire.Hook.class);
    if (hook.job() == null) {
      throw new IllegalArgumentException("it has no job; those of Forgejo before 17 have none");
    }
    var run = hook.run() == null ? Wire.Run.UNKNOWN : hook.run();
    var repository = repository(hook.repository() == null ? run.repository() : hook.repository());
    return new Jobs(URI.create("")).job(hook.job(), run, repository, at);
  }

  private Event job(String status, Wire.Hook hook, Instant now) {
    var job = hook.job();
    if (job == null) {
      throw new IllegalArgumentException("it has no job");
    }
    var run = hook.run() == null ? Wire.Run.UNKNOWN : hook.run();
    var repository = repository(hook.repository() == null ? run.repository() : hook.repository());
    return jobs.event(status, job, run, repository, now)
        .orElseGet(() -> new Event.Ignored("status '" + status + "' of a job is not known"));
  }

  private static Event run(Wire.Hook hook) {
    if (hook.run() == null || Texts.text(hook.action()).isEmpty()) {
      throw new IllegalArgumentException("it has no action or run");
    }
    return new Event.LookAt(repository(hook.run().repository()));
  }

  private static Repository repository(Wire.@Nullable Repo repo) {
    if (repo == null || repo.fullName() == null) {
      throw new IllegalArgumentException("it names no repository");
    }
    return new Repository(repo.fullName());
  }
}
