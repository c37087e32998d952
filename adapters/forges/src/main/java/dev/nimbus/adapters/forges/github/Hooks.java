package dev.nimbus.adapters.forges.github;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.id.Repository;
import dev.nimbus.json.Json;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads webhooks. What is acted on is their {@code action}: the status within a job may be of
 * another moment. Pure.
 */
final class Hooks {
  private static final int LONGEST = 4 << 20;
  private static final Pattern DELIVERY_ID = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final Pattern EVENT = Pattern.compile("[a-z0-9_]{1,100}");

  private final Settings settings;
  private final Signatures signatures;

  Hooks(Settings settings) {
    this.settings = settings;
    this.signatures = new Signatures(settings.webhookSecrets());
  }

  Heard parse(Delivery delivery) {
    if (delivery.body().length > LONGEST) {
      return Heard.rejected(
          "the body has %d bytes (at most %d)".formatted(delivery.body().length, LONGEST));
    }
    if (!signatures.signed(delivery.body(), delivery.header("x-hub-signature-256"))) {
      return Heard.rejected("the header X-Hub-Signature-256 is not a signature of this body");
    }
    var id = delivery.header("x-github-delivery");
    if (!DELIVERY_ID.matcher(id).matches()) {
      return Heard.rejected("the header X-GitHub-Delivery is not the id of a delivery");
    }
    return new Heard(id, event(delivery));
  }

  /**
   * The job a body is about, whatever happened to it; anything else is an illegal argument or
   * {@code INVALID}. Asks for no signature.
   */
  static ForgeJob described(byte[] body, Instant at) {
    var hook = Json.read(body, Wire.JobHook.class);
    if (hook.workflowJob() == null) {
      throw new IllegalArgumentException("it has no workflow_job");
    }
    return Jobs.announced(
        hook.workflowJob(), repository(hook.repository()), Jobs.login(hook.sender()), at);
  }

  private Event event(Delivery delivery) {
    var name = delivery.header("x-github-event");
    if (!EVENT.matcher(name).matches()) {
      return new Event.Rejected("the header X-GitHub-Event is not the name of an event");
    }
    if (!name.equals("workflow_job")) {
      return new Event.Ignored("events '" + name + "' say nothing about waiting jobs");
    }
    if (delivery.header("content-type").startsWith("application/x-www-form-urlencoded")) {
      return new Event.Rejected("the webhook sends forms; set its content type to JSON");
    }
    try {
      return event(Json.read(delivery.body(), Wire.JobHook.class), delivery);
    } catch (NimbusException | IllegalArgumentException e) {
      return new Event.Rejected("the body is not about a job: " + shortened(e.getMessage()));
    }
  }

  private Event event(Wire.JobHook hook, Delivery delivery) {
    var job = hook.workflowJob();
    if (job == null || hook.action() == null) {
      return new Event.Rejected("the body is not about a job: it has no action or workflow_job");
    }
    var repository = repository(hook.repository());
    if (!settings.covers(repository)) {
      return new Event.Rejected(
          "repository '%s' is not one of this connection".formatted(repository));
    }
    if (settings.queued(Wire.all(job.labels()))) {
      return new Event.Ignored("a scale set tells of job " + Jobs.key(job));
    }
    return switch (hook.action()) {
      case "queued" ->
          new Event.JobQueued(
              Jobs.announced(job, repository, Jobs.login(hook.sender()), delivery.receivedAt()));
      case "in_progress" -> Jobs.started(job, repository);
      case "completed" -> Jobs.finished(job, repository);
      case "waiting" -> new Event.Ignored("job " + Jobs.key(job) + " waits to be allowed to run");
      default -> new Event.Ignored("action '" + shortened(hook.action()) + "' is not known");
    };
  }

  private static Repository repository(Wire.@Nullable Repo repo) {
    if (repo == null || repo.fullName() == null) {
      throw new IllegalArgumentException("it names no repository");
    }
    return new Repository(repo.fullName());
  }

  private static String shortened(@Nullable String text) {
    var words = String.valueOf(text);
    return words.length() <= 200 ? words : words.substring(0, 200) + "…";
  }
}
