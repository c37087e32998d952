package dev.nimbus.adapters.forges.gitea;

import dev.nimbus.adapters.forges.gitea.Jobs.Origin;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.adapters.forges.kin.Hooks;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.id.Repository;
import dev.nimbus.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads Gitea's webhooks. What is acted on is their {@code action}: the status within a job may be
 * of another moment. Pure.
 */
final class HookReader implements Hooks.Reader {
  @Override
  public Event read(String event, byte[] body, Instant receivedAt) {
    if (!event.equals("workflow_job")) {
      return new Event.Ignored("events '" + event + "' say nothing about waiting jobs");
    }
    var hook = Json.read(body, Wire.JobHook.class);
    var job = hook.workflowJob();
    if (job == null || hook.action() == null) {
      throw new IllegalArgumentException("it has no action or workflow_job");
    }
    var repository = repository(hook.repository());
    var actor = hook.sender() == null ? "" : Texts.text(hook.sender().login());
    return switch (hook.action()) {
      case "queued" ->
          new Event.JobQueued(Jobs.job(job, Origin.announced(actor), repository, receivedAt));
      case "in_progress" -> Jobs.started(job, repository);
      case "completed" -> Jobs.finished(Jobs.key(job), job, repository);
      case "waiting" -> new Event.Ignored("job " + Jobs.key(job) + " waits for others");
      default -> new Event.Ignored("the action is not one Nimbus knows");
    };
  }

  /** The job a body is about, whatever happened to it. Asks for no signature. */
  static ForgeJob described(byte[] body, Instant at) {
    var hook = Json.read(body, Wire.JobHook.class);
    if (hook.workflowJob() == null) {
      throw new IllegalArgumentException("it has no workflow_job");
    }
    var actor = hook.sender() == null ? "" : Texts.text(hook.sender().login());
    return Jobs.job(hook.workflowJob(), Origin.announced(actor), repository(hook.repository()), at);
  }

  private static Repository repository(Wire.@Nullable Repo repo) {
    if (repo == null || repo.fullName() == null) {
      throw new IllegalArgumentException("it names no repository");
    }
    return new Repository(repo.fullName());
  }
}
