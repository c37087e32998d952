package dev.nimbus.core.policy;

import java.util.List;

/**
 * What policy says of a job.
 *
 * @see AdmissionPolicy
 */
public sealed interface Admission {
  /** Refusals of rules that are only watched, not enforced. */
  List<Denial> shadowed();

  /**
   * The job may run.
   *
   * @param pool labels it must run under besides its own, such as those of an isolated pool
   */
  record Admitted(List<String> pool, List<Denial> shadowed) implements Admission {
    public Admitted {
      pool = List.copyOf(pool);
      shadowed = List.copyOf(shadowed);
    }
  }

  record Denied(Denial by, List<Denial> shadowed) implements Admission {
    public Denied {
      shadowed = List.copyOf(shadowed);
    }
  }

  /**
   * One rule's refusal.
   *
   * @param rule its id
   * @param why one sentence for the person whose job it is
   */
  record Denial(String rule, String why) {}
}
