package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import java.time.Duration;

/** A call that was not done, or whose answer was not heard; never leaves this package. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Where it is not said for how long. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final int LONGEST = 500;

  private final Meaning meaning;
  private final transient Duration again;

  private Refusal(Meaning meaning, String why, Duration again, Throwable cause) {
    super(shortened(why), cause);
    this.meaning = meaning;
    this.again = again;
  }

  private Refusal(Meaning meaning, String why, Duration again) {
    super(shortened(why));
    this.meaning = meaning;
    this.again = again;
  }

  /** No answer was heard. */
  static Refusal unheard(Permission permission, Throwable cause) {
    var why = "no answer to '%s' was heard: %s".formatted(permission, cause);
    return new Refusal(Meaning.UNKNOWN, why, PAUSE, cause);
  }

  /**
   * What an answer means.
   *
   * @param permission that was needed
   * @param again for how long to stay away; zero where that is not said
   */
  static Refusal of(
      Permission permission, int status, String reason, String message, Duration again) {
    var meaning = Meaning.of(status, reason, message, !again.isZero());
    var why =
        switch (meaning) {
          case NOT_ALLOWED -> "the role lacks '%s': %s".formatted(permission, message);
          case NOT_BELIEVED -> "the server does not believe the token: " + message;
          default -> "%d %s: %s".formatted(status, reason, message);
        };
    return new Refusal(meaning, why, again.isZero() ? PAUSE : again);
  }

  /** No node has room, in the scheduler's words. */
  static Refusal noCapacity(String why) {
    return new Refusal(Meaning.NO_CAPACITY, why, PAUSE);
  }

  /** Something that only a person can put right, in our words. */
  static Refusal wrong(String why) {
    return new Refusal(Meaning.WRONG, why, PAUSE);
  }

  /** What was there a moment ago is not; to ask again is right. */
  static Refusal changed(String why) {
    return new Refusal(Meaning.CHANGED, why, PAUSE);
  }

  Meaning meaning() {
    return meaning;
  }

  /** In words. */
  String why() {
    return String.valueOf(getMessage());
  }

  /** Whether it is known that nothing was done. */
  boolean certain() {
    return meaning != Meaning.UNKNOWN;
  }

  /** The same as an answer to who wants a machine; thrown where asking again is right. */
  Launch launch(MachineSpec spec) {
    return switch (meaning) {
      case NO_CAPACITY -> new Launch.OutOfCapacity(why());
      case OVER_QUOTA -> new Launch.OverQuota(why());
      case TOO_OFTEN -> new Launch.Throttled(why(), again);
      case NOT_ALLOWED, NOT_BELIEVED, WRONG, GONE -> new Launch.Refused(why());
      case THERE, CHANGED, EXPIRED, UNKNOWN -> throw failure("launch " + spec);
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
          case TOO_OFTEN, UNKNOWN, THERE, CHANGED, EXPIRED -> Kind.UNAVAILABLE;
          case NOT_ALLOWED, NOT_BELIEVED -> Kind.DENIED;
          case GONE -> Kind.NOT_FOUND;
          case WRONG -> Kind.INVALID;
        };
    return new NimbusException(kind, "Cannot %s: %s".formatted(doing, why()), this);
  }

  private static String shortened(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "...";
  }
}
