package dev.nimbus.adapters.forges.kin;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.id.Repository;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Believes webhooks, or not; what a believed one says is up to the forge's own reader. Pure. */
public final class Hooks {
  private static final int LONGEST = 4 << 20;
  private static final int TOLD = 200;
  private static final Pattern DELIVERY_ID = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final Pattern EVENT = Pattern.compile("[a-z_]{1,100}");

  private final Settings settings;
  private final Signatures signatures;
  private final String forge;
  private final Reader reader;

  /**
   * Reads the webhooks of one connection.
   *
   * @param forge as its headers name it, such as {@code Gitea}
   */
  public Hooks(Settings settings, String forge, Reader reader) {
    this.settings = settings;
    this.signatures = new Signatures(settings.webhookSecrets());
    this.forge = forge;
    this.reader = reader;
  }

  public Heard parse(Delivery delivery) {
    if (delivery.body().length > LONGEST) {
      return Heard.rejected(
          "the body has %d bytes (at most %d)".formatted(delivery.body().length, LONGEST));
    }
    if (!signatures.signed(delivery.body(), header(delivery, "Signature"))) {
      return Heard.rejected("the header X-%s-Signature is not one of this body".formatted(forge));
    }
    var id = header(delivery, "Delivery");
    if (!DELIVERY_ID.matcher(id).matches()) {
      return Heard.rejected("the header X-%s-Delivery is not the id of one".formatted(forge));
    }
    return new Heard(id, event(delivery));
  }

  private Event event(Delivery delivery) {
    var name = header(delivery, "Event");
    if (!EVENT.matcher(name).matches()) {
      return new Event.Rejected("the header X-%s-Event is not the name of one".formatted(forge));
    }
    if (delivery.header("content-type").startsWith("application/x-www-form-urlencoded")) {
      return new Event.Rejected("the webhook sends forms; set its content type to JSON");
    }
    try {
      return covered(reader.read(name, delivery.body(), delivery.receivedAt()));
    } catch (NimbusException | IllegalArgumentException e) {
      return new Event.Rejected("the body is not about a job: " + shortened(e.getMessage()));
    }
  }

  private Event covered(Event event) {
    return switch (event) {
      case Event.JobQueued(var job) -> covered(event, job.repository());
      case Event.JobStarted(var _, var repository, var _) -> covered(event, repository);
      case Event.JobFinished(var _, var repository, var _, var _) -> covered(event, repository);
      case Event.LookAt(var repository) -> covered(event, repository);
      case Event.Ignored _, Event.Rejected _ -> event;
    };
  }

  private Event covered(Event event, Repository repository) {
    return settings.covers(repository)
        ? event
        : new Event.Rejected("repository '%s' is not one of this connection".formatted(repository));
  }

  private String header(Delivery delivery, String name) {
    return delivery.header(("x-" + forge + "-" + name).toLowerCase(Locale.ROOT));
  }

  /** The beginning of what a stranger may have written. */
  static String shortened(@Nullable String text) {
    var words = String.valueOf(text);
    return words.length() <= TOLD ? words : words.substring(0, TOLD) + "…";
  }

  /** Says what a genuine body means; a body without sense is an illegal argument. */
  @FunctionalInterface
  public interface Reader {
    Event read(String event, byte[] body, Instant receivedAt);
  }
}
