package dev.nimbus.e2e.simulation;

import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;

/** How jobs ended. */
final class Outcomes {
  private Outcomes() {}

  static boolean ended(Job job, Conclusion how) {
    return job.state() instanceof JobState.Ended(var outcome, _) && outcome.conclusion() == how;
  }
}
