package dev.nimbus.core.executor;

import dev.nimbus.core.job.Size;
import java.util.List;

/**
 * What an executor can do on this host.
 *
 * @param checks every piece it looked at, for {@code nimbus doctor}
 */
public record Probe(Readiness readiness, Size capacity, List<Check> checks) {
  public Probe {
    checks = List.copyOf(checks);
  }

  public enum Readiness {
    /** Every piece is there. */
    READY,
    /** It can run jobs, but only with the reductions named in the checks; policy decides. */
    REDUCED,
    /** It cannot run jobs. */
    UNUSABLE
  }

  /** Pieces that are missing but that jobs can run without. */
  public List<String> reductions() {
    return checks.stream()
        .filter(check -> check.verdict() == Verdict.REDUCED)
        .map(Check::piece)
        .toList();
  }

  /**
   * One piece of isolation.
   *
   * @param piece its short name, such as {@code memory-limit}
   * @param found what was seen, one sentence
   * @param remedy what to do about it, empty when fine
   */
  public record Check(String piece, Verdict verdict, String found, String remedy) {}

  public enum Verdict {
    OK,
    REDUCED,
    MISSING
  }
}
