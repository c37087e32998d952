package dev.nimbus.hostagent.run;

import dev.nimbus.core.executor.DiskLimits;
import java.time.Duration;

/**
 * Bounds that protect a host.
 *
 * @param consoleBytes kept of what one job prints
 * @param spoolBytes kept of the logs of ended jobs while the pipeline is away
 * @param disk what one job may write
 * @param processes of one job, threads included
 * @param drain how long the end of a job waits for its log to be stored
 */
public record Limits(
    long consoleBytes, long spoolBytes, DiskLimits disk, int processes, Duration drain) {
  private static final int PROCESSES = 4_096;
  private static final Duration DRAIN = Duration.ofSeconds(2);

  public static Limits of(long consoleBytes, long spoolBytes, DiskLimits disk) {
    return new Limits(consoleBytes, spoolBytes, disk, PROCESSES, DRAIN);
  }
}
