package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call that Hetzner did not do, or whose answer was not heard; never leaves this package. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;
  private static final Duration BRIEF = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Meaning meaning;
  private final Duration pause;

  private Refusal(Meaning meaning, String why, Duration pause, @Nullable Throwable cause) {
    super(shortened(why), cause);
    this.meaning = meaning;
    this.pause = pause;
  }

  /** No answer, or one that is none of Hetzner's. */
  static Refusal unheard(String why, Throwable cause) {
    return new Refusal(Meaning.UNKNOWN, why, BRIEF, cause);
  }

  /**
   * An answer that is a refusal.
   *
   * @param pause until the project may ask again, should it have asked too often
   */
  static Refusal answered(Operation operation, int status, Wire.Fault error, Duration pause) {
    var meaning = Meaning.of(error.code(), status);
    var text = error.code().isEmpty() ? "status " + status : error.code();
    var why =
        switch (meaning) {
          case NOT_BELIEVED -> "Hetzner does not believe the token";
          case NOT_ALLOWED -> "the token may not " + operation + ": " + text + error.because();
          default -> text + error.because();
        };
    return new Refusal(meaning, why, pause(meaning, pause), null);
  }

  /** What cannot be, as it is known without asking. */
  static Refusal impossible(String why) {
    return new Refusal(Meaning.WRONG, why, BRIEF, null);
  }

  /** What was begun and failed. */
  static Refusal failed(Wire.Fault error) {
    var why = error.code() + error.because();
    return new Refusal(Meaning.of(error.code(), 0), why, BRIEF, null);
  }

  Meaning meaning() {
    return meaning;
  }

  /** In words. */
  String why() {
    return String.valueOf(getMessage());
  }

  /** Whether what was asked for was certainly not done, for whatever reason. */
  boolean certain() {
    return switch (meaning) {
      case NO_CAPACITY, OVER_QUOTA, WRONG, GONE, NOT_ALLOWED, TAKEN -> true;
      case TOO_OFTEN, BUSY, CLOSED, NOT_BELIEVED, UNKNOWN -> false;
    };
  }

  /** The same as an answer to who wants a machine; thrown where nobody knows what was done. */
  Launch launch(MachineSpec spec) {
    return switch (meaning) {
      case NO_CAPACITY -> new Launch.OutOfCapacity(why());
      case OVER_QUOTA -> new Launch.OverQuota(why());
      case TOO_OFTEN, BUSY, CLOSED -> new Launch.Throttled(why(), pause);
      case NOT_ALLOWED, NOT_BELIEVED, WRONG, GONE ->
          new Launch.Refused(
              "%s in %s: %s".formatted(spec.cell().type(), spec.cell().place(), why()));
      case TAKEN, UNKNOWN -> throw failure("launch " + spec);
    };
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
          case TOO_OFTEN, BUSY, CLOSED, UNKNOWN, TAKEN -> Kind.UNAVAILABLE;
          case NOT_ALLOWED, NOT_BELIEVED -> Kind.DENIED;
          case GONE -> Kind.NOT_FOUND;
          case WRONG -> Kind.INVALID;
        };
    return new NimbusException(kind, "Cannot %s: %s".formatted(doing, why()), this);
  }

  private static Duration pause(Meaning meaning, Duration asked) {
    return switch (meaning) {
      case TOO_OFTEN -> asked.compareTo(BRIEF) > 0 ? asked : BRIEF;
      case CLOSED -> LONG;
      default -> BRIEF;
    };
  }

  private static String shortened(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "...";
  }
}
