package dev.nimbus.core.forge;

import dev.nimbus.core.id.Repository;

/** What a delivery turned out to mean. */
public sealed interface Event {
  /** Longer words of a forge are cut. */
  int MAX_WORD = 200;

  record JobQueued(ForgeJob job) implements Event {}

  /**
   * A runner took a job.
   *
   * @param runner by the forge's word; not always one of ours
   */
  record JobStarted(ForgeJobKey job, Repository repository, String runner) implements Event {
    public JobStarted {
      runner = cut(runner);
    }
  }

  /**
   * A job is over, whoever ran it.
   *
   * @param runner that ran it; empty when none did or the forge does not say
   * @param conclusion the forge's word, such as {@code success}
   */
  record JobFinished(ForgeJobKey job, Repository repository, String runner, String conclusion)
      implements Event {
    public JobFinished {
      runner = cut(runner);
      conclusion = cut(conclusion);
    }
  }

  /** Something may wait here; the forge must be asked what. */
  record LookAt(Repository repository) implements Event {}

  /** Genuine, but nothing Nimbus acts on. */
  record Ignored(String why) implements Event {}

  /** Not to be trusted: bad signature, wrong account, stale timestamp. */
  record Rejected(String why) implements Event {}

  private static String cut(String word) {
    return word.length() <= MAX_WORD ? word : word.substring(0, MAX_WORD);
  }
}
