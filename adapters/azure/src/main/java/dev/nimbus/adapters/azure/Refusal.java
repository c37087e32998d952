package dev.nimbus.adapters.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.polling.PollResult;
import com.azure.identity.CredentialUnavailableException;
import com.microsoft.aad.msal4j.MsalServiceException;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A call that Azure did not do, or whose answer was not heard; never leaves this package. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern MISSING =
      Pattern.compile("perform action(?:\\(s\\))? '([A-Za-z./]{1,200})'");
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

  /** What an exception of the client means. */
  static Refusal of(RuntimeException cause) {
    if (cause instanceof Refusal already) {
      return already;
    }
    if (cause instanceof MsalServiceException said && said.statusCode() != null) {
      return ofDirectory(said, said.statusCode());
    }
    if (cause instanceof ClientAuthenticationException
        || cause instanceof CredentialUnavailableException) {
      return ofCredentials(cause);
    }
    if (cause instanceof HttpResponseException said && said.getResponse() != null) {
      var answer = said.getResponse();
      var error = error(said);
      return said(answer.getStatusCode(), answer.getHeaders(), error.code(), error.said(), cause);
    }
    return new Refusal(
        Meaning.UNKNOWN, PAUSE, "no answer was understood: " + shortened(words(cause)), cause);
  }

  /** What an answer means that no client has read. */
  static Refusal said(
      int status, HttpHeaders headers, String code, String message, @Nullable Throwable cause) {
    var meaning = Meaning.of(code, message, status);
    return new Refusal(meaning, again(headers), why(meaning, status, code, message), cause);
  }

  /** What became of something Azure had begun to do. */
  static Refusal of(PollResult.@Nullable Error failed) {
    if (failed == null) {
      return new Refusal(Meaning.UNKNOWN, PAUSE, "it failed, and Azure does not say why", null);
    }
    var error = Json.read(failed.getResponseBody()).at("error");
    var code = error.text("code");
    var message = error.text("message");
    return later(code, message.isEmpty() ? String.valueOf(failed.getMessage()) : message);
  }

  /** The same, of what was seen of it. */
  static Refusal later(String code, String message) {
    var meaning = Meaning.of(code, message, 0);
    return new Refusal(meaning, PAUSE, why(meaning, 0, code, message), null);
  }

  Meaning meaning() {
    return meaning;
  }

  /** In words. */
  String why() {
    return String.valueOf(getMessage());
  }

  /** The same as an answer to who wants a machine; thrown where nobody knows what was done. */
  Launch launch(MachineSpec spec) {
    return switch (meaning) {
      case NO_CAPACITY -> new Launch.OutOfCapacity(why());
      case OVER_QUOTA -> new Launch.OverQuota(why());
      case TOO_OFTEN -> new Launch.Throttled(why(), again);
      case NOT_ALLOWED, NOT_BELIEVED, GONE, WRONG -> new Launch.Refused(withType(spec));
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

  /** Not every message of Azure says which size it is about. */
  private String withType(MachineSpec spec) {
    var type = spec.cell().type();
    return why().contains(type)
        ? why()
        : "%s in %s: %s".formatted(type, spec.cell().place(), why());
  }

  /** What is not too often nor the directory's own trouble is about the credentials. */
  private static Refusal ofDirectory(MsalServiceException said, int status) {
    var meaning = Meaning.of("", "", status);
    return meaning == Meaning.UNKNOWN || meaning == Meaning.TOO_OFTEN
        ? new Refusal(meaning, PAUSE, "no token was given: " + shortened(words(said)), said)
        : notBelieved(said);
  }

  private static Refusal notBelieved(RuntimeException cause) {
    return new Refusal(
        Meaning.NOT_BELIEVED,
        PAUSE,
        "Azure does not believe the credentials: " + shortened(words(cause)),
        cause);
  }

  /** An answer that was not heard says nothing about the credentials. */
  private static Refusal ofCredentials(RuntimeException cause) {
    var unheard = causes(cause).anyMatch(IOException.class::isInstance);
    return unheard
        ? new Refusal(Meaning.UNKNOWN, PAUSE, "no token was given: " + words(cause), cause)
        : notBelieved(cause);
  }

  private static Said error(HttpResponseException said) {
    var error = said instanceof ManagementException managed ? managed.getValue() : null;
    return error == null
        ? new Said("", "")
        : new Said(text(error.getCode()), text(error.getMessage()));
  }

  private record Said(String code, String said) {}

  private static String why(Meaning meaning, int status, String code, String message) {
    var missing = MISSING.matcher(message).results().map(found -> found.group(1)).toList();
    if (meaning == Meaning.NOT_ALLOWED && !missing.isEmpty()) {
      return "the role lacks " + missing.getLast();
    }
    var named = code.isEmpty() ? "status " + status : code;
    return message.isEmpty() ? named : "%s: %s".formatted(named, shortened(message));
  }

  private static Duration again(HttpHeaders headers) {
    var said = Optional.ofNullable(headers.getValue(HttpHeaderName.RETRY_AFTER)).orElse("");
    if (!SECONDS.matcher(said).matches() || Integer.parseInt(said) == 0) {
      return PAUSE;
    }
    var asked = Duration.ofSeconds(Integer.parseInt(said));
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }

  private static Stream<Throwable> causes(Throwable first) {
    return Stream.<@Nullable Throwable>iterate(
            first, one -> one != null, one -> one == null ? null : one.getCause())
        .map(one -> one == null ? first : one)
        .limit(16);
  }

  private static String words(Throwable cause) {
    var message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String shortened(String text) {
    var line = text.strip().replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
