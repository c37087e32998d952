package dev.nimbus.api.lease;

/**
 * How a job ended on a host.
 *
 * @param ending succeeded, failed, cancelled, timed_out, or {@code not_run} to give the job back
 * @param countsAsAttempt for {@code not_run}: whether another failure of this sort should count
 *     towards giving up on the job
 */
public record FinishRequest(
    String host, long fence, String ending, int exitCode, String reason, boolean countsAsAttempt) {}
