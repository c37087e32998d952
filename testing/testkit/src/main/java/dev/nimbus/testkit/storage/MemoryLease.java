package dev.nimbus.testkit.storage;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.Attempt;
import dev.nimbus.core.job.JobState;
import java.time.Instant;
import java.util.List;

/**
 * What leased and running have in common.
 *
 * @param started when its sandbox ran, or nothing
 */
record MemoryLease(HostId host, Instant leasedAt, List<Instant> started, Instant until) {
  static MemoryLease of(JobState state) {
    return switch (state) {
      case JobState.Leased(var host, var since, var until, _) ->
          new MemoryLease(host, since, List.of(), until);
      case JobState.Running(var host, var leasedAt, var since, var until, _) ->
          new MemoryLease(host, leasedAt, List.of(since), until);
      case JobState.Waiting _, JobState.Ended _ ->
          throw new IllegalStateException("Nobody holds a job that is " + state.word());
    };
  }

  JobState until(Instant end, boolean cancelling) {
    return started.isEmpty()
        ? new JobState.Leased(host, leasedAt, end, cancelling)
        : new JobState.Running(host, leasedAt, started.getFirst(), end, cancelling);
  }

  JobState startedBy(Instant now, Instant end, boolean cancelling) {
    var since = started.isEmpty() ? now : started.getFirst();
    return new JobState.Running(host, leasedAt, since, end, cancelling);
  }

  Attempt attempt(Fence fence, Instant endedAt, String ending) {
    return started.isEmpty()
        ? new Attempt.NeverStarted(fence, host, leasedAt, endedAt, ending)
        : new Attempt.Ran(fence, host, leasedAt, started.getFirst(), endedAt, ending);
  }
}
