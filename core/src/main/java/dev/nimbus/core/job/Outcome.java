package dev.nimbus.core.job;

import java.time.Duration;
import java.util.Locale;

/**
 * How a job ended.
 *
 * @param exitCode what {@code nimbus run} exits with: the job's own code, 124 for a timeout, 130
 *     for a cancellation
 * @param reason one sentence for a person, empty where the exit code says it all
 */
public record Outcome(Conclusion conclusion, int exitCode, String reason) {
  private static final int MAX_REASON = 2_000;

  public Outcome {
    if (exitCode < 0 || exitCode > 255) {
      throw new IllegalArgumentException("Not an exit code: " + exitCode);
    }
    if ((conclusion == Conclusion.SUCCEEDED) != (exitCode == 0)) {
      throw new IllegalArgumentException(conclusion + " cannot have exit code " + exitCode);
    }
    reason = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
  }

  /** The command ran to its end. */
  public static Outcome exited(int code) {
    return new Outcome(code == 0 ? Conclusion.SUCCEEDED : Conclusion.FAILED, code, "");
  }

  public static Outcome failed(int code, String reason) {
    return new Outcome(Conclusion.FAILED, code, reason);
  }

  public static Outcome cancelled(String by) {
    return new Outcome(Conclusion.CANCELLED, 130, "Cancelled by " + by);
  }

  /** Nobody needs it any more. */
  public static Outcome calledOff(String why) {
    return new Outcome(Conclusion.CANCELLED, 130, why);
  }

  public static Outcome timedOut(Duration limit) {
    return new Outcome(Conclusion.TIMED_OUT, 124, "Ran longer than " + limit.toSeconds() + " s");
  }

  public static Outcome rejected(String why) {
    return new Outcome(Conclusion.REJECTED, 1, why);
  }

  public static Outcome dead(String why) {
    return new Outcome(Conclusion.DEAD, 1, why);
  }

  /** The whole outcome for a person, such as {@code failed with exit code 3: out of memory}. */
  public String sentence() {
    var word = conclusion.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    var code = conclusion == Conclusion.FAILED ? " with exit code " + exitCode : "";
    return reason.isEmpty() ? word + code : word + code + ": " + reason;
  }
}
