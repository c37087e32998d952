package dev.nimbus.adapters.gcp;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.compute.model.Operation;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A call that Google did not do, or whose answer was not heard; never leaves this package. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern MISSING =
      Pattern.compile("Required '([a-zA-Z.]{1,100})' permission");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final int LONGEST = 500;

  private final Meaning meaning;
  private final Duration again;

  private Refusal(Meaning meaning, Duration again, String why, @Nullable Throwable cause) {
    super(why, cause);
    this.meaning = meaning;
    this.again = again;
  }

  /**
   * What an exception of the client means.
   *
   * @param action that was asked for
   */
  static Refusal of(Action action, IOException cause) {
    if (cause instanceof GoogleJsonResponseException said && said.getDetails() != null) {
      return said(action, said, said.getDetails());
    }
    if (cause instanceof HttpResponseException said) {
      var why = "status %d: %s".formatted(said.getStatusCode(), said.getStatusMessage());
      return new Refusal(Meaning.of("", said.getStatusCode()), again(said), why, cause);
    }
    if (cause.getCause() instanceof HttpResponseException token && token.getStatusCode() < 500) {
      var why = "Google does not believe the key: status %d".formatted(token.getStatusCode());
      return new Refusal(Meaning.NOT_BELIEVED, PAUSE, why, cause);
    }
    return new Refusal(
        Meaning.UNKNOWN, PAUSE, "no answer was understood: " + shortened(cause), cause);
  }

  /** What became of something Google had begun to do. */
  static Refusal of(Action action, Operation failed) {
    var errors = failed.getError() == null ? null : failed.getError().getErrors();
    if (errors == null || errors.isEmpty()) {
      return new Refusal(Meaning.UNKNOWN, PAUSE, "it failed, and Google does not say why", null);
    }
    var first = errors.getFirst();
    var code = text(first.getCode());
    return new Refusal(
        Meaning.of(code, 0),
        PAUSE,
        why(action, Meaning.of(code, 0), code, text(first.getMessage())),
        null);
  }

  private static Refusal said(Action action, HttpResponseException cause, GoogleJsonError said) {
    var errors = said.getErrors();
    var code = errors == null || errors.isEmpty() ? "" : text(errors.getFirst().getReason());
    var meaning = Meaning.of(code, cause.getStatusCode());
    return new Refusal(
        meaning, again(cause), why(action, meaning, code, text(said.getMessage())), cause);
  }

  Meaning meaning() {
    return meaning;
  }

  /** In words. */
  String why() {
    return text(getMessage());
  }

  /** The same as an answer to who wants a machine; thrown where nobody knows what was done. */
  Launch launch(MachineSpec spec) {
    return switch (meaning) {
      case NO_CAPACITY -> new Launch.OutOfCapacity(why());
      case OVER_QUOTA -> new Launch.OverQuota(why());
      case TOO_OFTEN -> new Launch.Throttled(why(), again);
      case NOT_ALLOWED, NOT_BELIEVED, GONE, WRONG -> new Launch.Refused(why());
      case EXISTS, UNKNOWN -> throw failure("launch " + spec);
    };
  }

  /** That a machine of this name was, and is no more. */
  static Launch ended(MachineSpec spec) {
    return new Launch.Refused("machine " + spec.name() + " was ended and does not come again");
  }

  /**
   * The same as an exception.
   *
   * @param doing completes "Cannot ..."
   */
  NimbusException failure(String doing) {
    var kind =
        switch (meaning) {
          case NO_CAPACITY, OVER_QUOTA -> Kind.EXHAUSTED;
          case TOO_OFTEN, UNKNOWN, EXISTS -> Kind.UNAVAILABLE;
          case NOT_ALLOWED, NOT_BELIEVED -> Kind.DENIED;
          case GONE -> Kind.NOT_FOUND;
          case WRONG -> Kind.INVALID;
        };
    return new NimbusException(kind, "Cannot %s: %s".formatted(doing, why()), this);
  }

  private static String why(Action action, Meaning meaning, String code, String text) {
    var named = MISSING.matcher(text);
    if (named.find()) {
      return "the role lacks %s: %s".formatted(named.group(1), shortened(text));
    }
    var said = code.isEmpty() ? shortened(text) : code + ": " + shortened(text);
    return meaning == Meaning.NOT_ALLOWED && !action.permission().isEmpty()
        ? "%s (asked for %s)".formatted(said, action.permission())
        : said;
  }

  private static Duration again(HttpResponseException said) {
    var header = said.getHeaders() == null ? null : said.getHeaders().getRetryAfter();
    if (header == null || !SECONDS.matcher(header).matches()) {
      return PAUSE;
    }
    var seconds = Math.clamp(Long.parseLong(header), 1, LONGEST_PAUSE.toSeconds());
    return Duration.ofSeconds(seconds);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String shortened(Throwable cause) {
    return shortened(cause.getClass().getSimpleName() + ": " + text(cause.getMessage()));
  }

  private static String shortened(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "...";
  }
}
