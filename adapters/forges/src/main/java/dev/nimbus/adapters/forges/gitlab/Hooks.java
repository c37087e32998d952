package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.gitlab.Trusting.Verdict;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.id.Repository;
import dev.nimbus.json.Json;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads webhooks about jobs. They do not say which tags a job asks for, so that one that begins to
 * wait is a reason to look at its project. Pure.
 */
final class Hooks {
  private static final int LONGEST = 4 << 20;
  private static final int TOLD = 200;
  private static final String JOB = "Job Hook";
  private static final Pattern DELIVERY_ID = Pattern.compile("[A-Za-z0-9._:-]{1,100}");
  private static final Pattern EVENT = Pattern.compile("[A-Za-z ]{1,100}");

  private final Settings settings;
  private final Trusting trusting;

  Hooks(Settings settings) {
    this.settings = settings;
    this.trusting = new Trusting(settings.hooks());
  }

  Heard parse(Delivery delivery) {
    if (delivery.body().length > LONGEST) {
      return Heard.rejected(
          "the body has %d bytes (at most %d)".formatted(delivery.body().length, LONGEST));
    }
    return switch (trusting.of(delivery)) {
      case Verdict.Doubted(var why) -> Heard.rejected(why);
      case Verdict.Believed(var id) when !DELIVERY_ID.matcher(id).matches() ->
          Heard.rejected("neither webhook-id nor Idempotency-Key is the id of a delivery");
      case Verdict.Believed(var id) -> new Heard(id, event(delivery));
    };
  }

  private Event event(Delivery delivery) {
    var name = delivery.header("x-gitlab-event");
    if (!EVENT.matcher(name).matches()) {
      return new Event.Rejected("the header X-Gitlab-Event is not the name of an event");
    }
    if (!name.equals(JOB)) {
      return new Event.Ignored("a '" + name + "' says nothing about waiting jobs");
    }
    try {
      return event(Json.read(delivery.body(), Wire.JobHook.class));
    } catch (NimbusException | IllegalArgumentException e) {
      return new Event.Rejected("the body is not about a job: " + shortened(e.getMessage()));
    }
  }

  private Event event(Wire.JobHook hook) {
    if (!"build".equals(hook.objectKind()) || hook.buildId() == null) {
      return new Event.Rejected("the body is not about a job: it has no build_id");
    }
    var repository = repository(hook);
    if (!settings.covers(repository)) {
      return new Event.Rejected("project '%s' is not one of this connection".formatted(repository));
    }
    var key = Jobs.key(hook.buildId());
    var status = Texts.text(hook.buildStatus());
    return status.equals("pending")
        ? new Event.LookAt(repository)
        : event(status, key, repository, hook.runner());
  }

  private static Event event(
      String status, ForgeJobKey key, Repository repository, Wire.@Nullable Runner runner) {
    return Jobs.moved(status, key, repository, runner)
        .orElseGet(() -> new Event.Ignored("status '" + shortened(status) + "' is not known"));
  }

  /** By its path, which older versions write only as a part of where people find it. */
  private Repository repository(Wire.JobHook hook) {
    if (hook.project() != null && hook.project().pathWithNamespace() != null) {
      return new Repository(hook.project().pathWithNamespace());
    }
    var page = hook.repository() == null ? "" : Texts.text(hook.repository().homepage());
    var path = Texts.text(URI.create(page).getPath());
    var below = Texts.text(settings.url().getPath()) + "/";
    if (!path.startsWith(below) || path.length() == below.length()) {
      throw new IllegalArgumentException("it names no project");
    }
    return new Repository(path.substring(below.length()));
  }

  private static String shortened(@Nullable String text) {
    var words = String.valueOf(text);
    return words.length() <= TOLD ? words : words.substring(0, TOLD) + "…";
  }
}
