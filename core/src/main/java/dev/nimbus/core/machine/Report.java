package dev.nimbus.core.machine;

import java.util.Set;

/**
 * What a machine says of itself.
 *
 * @param state {@code installing}, {@code idle}, {@code started}, {@code interrupted} (its provider
 *     takes it back), {@code done}, {@code failed}, or empty while it said nothing
 * @param detail the reason of a failure and the end of its log, for people
 */
public record Report(String state, String detail) {
  private static final Set<String> STATES =
      Set.of("", "installing", "idle", "started", "interrupted", "done", "failed");

  public static final Report NONE = new Report("", "");

  /** Characters of detail that are kept: the last ones say most. */
  public static final int MAX_DETAIL = 8_192;

  public Report {
    if (!STATES.contains(state)) {
      throw new IllegalArgumentException(
          "Not what a machine can say of itself: '"
              + state
              + "' (installing, idle, started, interrupted, done or failed)");
    }
    if (detail.length() > MAX_DETAIL) {
      detail = detail.substring(detail.length() - MAX_DETAIL);
    }
  }
}
