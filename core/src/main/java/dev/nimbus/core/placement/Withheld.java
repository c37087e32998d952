package dev.nimbus.core.placement;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.job.Requirements;
import java.util.Locale;

/**
 * Machines that are wanted and not made, and the one reason why.
 *
 * @param count how many jobs go without, or how many machines that should wait for jobs
 */
public record Withheld(OrgId org, Subject subject, Code code, int count, String sentence) {
  /** Who goes without. */
  public sealed interface Subject {
    /** Waiting jobs of the tenant's that ask for this. */
    record Jobs(Requirements requirements) implements Subject {}

    /** A pool that is to keep machines waiting for jobs. */
    record Warmth(PoolName pool) implements Subject {}
  }

  /** Reasons. Their words are metric labels. */
  public enum Code {
    /** No pool's labels and sizes match. */
    NO_POOL,
    POOL_FULL,
    BUDGET,
    /** There is a budget, and what a machine costs is not known. */
    NO_PRICE,
    /** After trouble, the cell is left alone for a while, or tried with one machine. */
    COOLING,
    QUOTA,
    /** The provider refuses until somebody changes something. */
    REFUSED,
    /** The provider was asked too often. */
    THROTTLED,
    ORG_LIMIT,
    REPOSITORY_LIMIT,
    POSTPONED
  }

  /** The code as API and metrics write it, such as {@code pool_full}. */
  public static String word(Code code) {
    return code.name().toLowerCase(Locale.ROOT);
  }
}
