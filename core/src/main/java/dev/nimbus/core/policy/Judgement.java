package dev.nimbus.core.policy;

import java.util.List;
import java.util.Locale;

/**
 * A decision and how it came about.
 *
 * @param steps what rules said that were not silent, in their order
 */
public record Judgement(Admission admission, List<Step> steps) {
  public Judgement {
    steps = List.copyOf(steps);
  }

  /** What one rule said. */
  public record Step(String rule, Result result, String why) {}

  /** What a rule did. */
  public enum Result {
    DENIED,
    ISOLATED,
    /** It would have denied or isolated, and is only watched. */
    SHADOWED;

    /** As metrics and people write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
