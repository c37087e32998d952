package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who holds a job, and since when. */
record Held(HostId host, Instant leasedAt, @Nullable Instant startedAt) {
  static Held of(JobState state) {
    return switch (state) {
      case JobState.Leased(var host, var since, _, _) -> new Held(host, since, null);
      case JobState.Running(var host, var leasedAt, var since, _, _) ->
          new Held(host, leasedAt, since);
      case JobState.Waiting _, JobState.Ended _ ->
          throw new IllegalStateException("Nobody holds a job that is " + state.word());
    };
  }
}
