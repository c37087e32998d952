package dev.nimbus.adapters.aws;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import java.time.Duration;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** A call that AWS did not do, or whose answer was not heard; never leaves this package. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern MISSING = Pattern.compile("perform: ([a-z0-9-]+:[A-Za-z]+)");

  /** AWS never says for how long. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** An encoded message that only AWS can read makes some of its texts very long. */
  private static final int LONGEST = 300;

  private final Meaning meaning;
  private final String code;

  private Refusal(Meaning meaning, String code, String why, Throwable cause) {
    super(why, cause);
    this.meaning = meaning;
    this.code = code;
  }

  /**
   * What an exception of the SDK means.
   *
   * @param action that was asked for
   */
  static Refusal of(Action action, SdkException cause) {
    if (!(cause instanceof AwsServiceException said) || said.awsErrorDetails() == null) {
      return new Refusal(Meaning.UNKNOWN, "", shortened(String.valueOf(cause.getMessage())), cause);
    }
    var details = said.awsErrorDetails();
    var meaning = Meaning.of(details.errorCode(), said.statusCode());
    var text = shortened(String.valueOf(details.errorMessage()));
    var why =
        switch (meaning) {
          case NOT_ALLOWED -> "the policy of IAM lacks %s".formatted(missing(action, text));
          case NOT_BELIEVED -> "AWS does not believe the keys: " + details.errorCode();
          default -> details.errorCode() + ": " + text;
        };
    return new Refusal(meaning, details.errorCode(), why, cause);
  }

  Meaning meaning() {
    return meaning;
  }

  /** As AWS writes it; empty where it did not answer. */
  String code() {
    return code;
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
      case TOO_OFTEN -> new Launch.Throttled(why(), PAUSE);
      case NOT_ALLOWED, NOT_BELIEVED, WRONG, GONE -> new Launch.Refused(why());
      case ENDED -> ended(spec);
      case OTHER_PARAMETERS, UNKNOWN -> throw failure("launch " + spec);
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
          case TOO_OFTEN, UNKNOWN, OTHER_PARAMETERS -> Kind.UNAVAILABLE;
          case NOT_ALLOWED, NOT_BELIEVED -> Kind.DENIED;
          case GONE, ENDED -> Kind.NOT_FOUND;
          case WRONG -> Kind.INVALID;
        };
    return new NimbusException(kind, "Cannot %s: %s".formatted(doing, why()), this);
  }

  private static String missing(Action action, String text) {
    var named = MISSING.matcher(text);
    return named.find() ? named.group(1) : action.iam();
  }

  private static String shortened(String words) {
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "...";
  }
}
