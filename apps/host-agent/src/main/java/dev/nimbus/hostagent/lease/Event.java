package dev.nimbus.hostagent.lease;

import dev.nimbus.core.executor.Exit;
import java.time.Duration;

/** What can happen to a held job. Any event may come late, twice or never. */
public sealed interface Event {
  /** Time passed. */
  record Tick() implements Event {}

  /** The sandbox runs. */
  record Started() implements Event {}

  /**
   * The sandbox could not be started, and nothing of it is left.
   *
   * @param counts whether it counts towards giving up on the job
   */
  record StartFailed(String why, boolean counts) implements Event {}

  /** The job cannot be started on any host now, and nothing of it is left here. */
  record Postponed(String why) implements Event {}

  /** There is nothing for the job to do any more, and no sandbox was started. */
  record NothingToRun(String why) implements Event {}

  /** The first process of the sandbox ended, and everything it had started is gone. */
  record Exited(Exit exit) implements Event {}

  /** The log of the ended job is stored, or there is no use in waiting for that. */
  record Drained() implements Event {}

  /**
   * The control plane keeps the lease for us.
   *
   * @param sentAt when the request went out, as its action said
   * @param started whether the request said that the sandbox runs
   * @param ttl from {@code sentAt} on
   * @param cancelling whether somebody has called the job off
   */
  record Renewed(Duration sentAt, boolean started, Duration ttl, boolean cancelling)
      implements Event {}

  /** The control plane says that the job is no longer ours. */
  record Lost(String why) implements Event {}

  /** A renewal got no answer, or none that says whose the job is. */
  record Unreachable() implements Event {}

  /** Somebody called the job off. */
  record CancelAsked() implements Event {}

  /** The host is to stop and takes its jobs with it. */
  record StopAsked() implements Event {}

  /** The end of the job is recorded, now or by an earlier try. */
  record FinishRecorded() implements Event {}

  /** The end of the job is not wanted: somebody else has the job, or it ended otherwise. */
  record FinishStale() implements Event {}

  /** The finish got no answer, or none that settles it. */
  record FinishUnanswered() implements Event {}
}
