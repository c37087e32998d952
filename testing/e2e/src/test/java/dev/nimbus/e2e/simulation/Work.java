package dev.nimbus.e2e.simulation;

import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.NetworkAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a job really does when it is run: take some time, then exit. */
record Work(Duration time, int exitCode) {
  JobSpec spec(Duration timeout) {
    return new JobSpec(
        List.of("work", Long.toString(time.toMillis()), Integer.toString(exitCode)),
        Map.of(),
        JobSpec.HOST_IMAGE,
        timeout,
        NetworkAccess.NONE);
  }

  static Work of(JobSpec spec) {
    return new Work(
        Duration.ofMillis(Long.parseLong(spec.command().get(1))),
        Integer.parseInt(spec.command().get(2)));
  }
}
