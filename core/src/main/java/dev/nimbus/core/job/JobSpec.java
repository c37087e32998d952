package dev.nimbus.core.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to run.
 *
 * @param environment added to the small environment every sandbox has
 * @param image the system the job sees; {@link #HOST_IMAGE} is the host's own, read-only
 * @param timeout how long the job may run before it is ended with 124
 */
public record JobSpec(
    Work work,
    Map<String, String> environment,
    String image,
    Duration timeout,
    NetworkAccess network) {
  /** The host's own system, seen read-only. */
  public static final String HOST_IMAGE = "host";

  public static final Duration MAX_TIMEOUT = Duration.ofDays(5);

  /** Characters of command and environment that can be asked for. */
  public static final int MAX_ASKED = 128 * 1024;

  private static final int MAX_WORDS = 4_096;

  /** The same with what hosts add, such as where a job runs and its token for the cache. */
  private static final int MAX_CHARACTERS = MAX_ASKED + 8 * 1024;

  public JobSpec {
    environment = java.util.Collections.unmodifiableMap(new TreeMap<>(environment));
    var command = work.words();
    if (command.isEmpty() || command.getFirst().isEmpty()) {
      throw new IllegalArgumentException("A job needs a command");
    }
    if (command.size() > MAX_WORDS) {
      throw new IllegalArgumentException(
          "The command has " + command.size() + " words (at most " + MAX_WORDS + ")");
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "The timeout must be above zero and at most "
              + MAX_TIMEOUT.toDays()
              + " days: "
              + timeout);
    }
    checkLength(characters(command, environment), MAX_CHARACTERS);
    environment.keySet().forEach(JobSpec::checkName);
  }

  /** What runs a command. */
  public JobSpec(
      List<String> command,
      Map<String, String> environment,
      String image,
      Duration timeout,
      NetworkAccess network) {
    this(new Work.Command(command), environment, image, timeout, network);
  }

  /** The words of the work. */
  public List<String> command() {
    return work.words();
  }

  /** Whether what the other is to do can be done like this, in no less time. */
  boolean standsInFor(JobSpec other) {
    return work.equals(other.work)
        && image.equals(other.image)
        && network == other.network
        && timeout.compareTo(other.timeout) >= 0;
  }

  /** Refuses what nobody may ask for, though a host may add so much. */
  public JobSpec asked() {
    checkLength(characters(command(), environment), MAX_ASKED);
    return this;
  }

  private static void checkLength(long length, int most) {
    if (length > most) {
      throw new IllegalArgumentException(
          "Command and environment have " + length + " characters (at most " + most + ")");
    }
  }

  private static long characters(List<String> command, Map<String, String> environment) {
    long length = 0;
    for (var word : command) {
      length += checkedLength(word);
    }
    for (var entry : environment.entrySet()) {
      length += checkedLength(entry.getKey()) + checkedLength(entry.getValue());
    }
    return length;
  }

  private static int checkedLength(String word) {
    if (word.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A command or environment value contains a NUL character");
    }
    return word.length();
  }

  private static void checkName(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("Not an environment variable name: '" + name + "'");
    }
  }
}
