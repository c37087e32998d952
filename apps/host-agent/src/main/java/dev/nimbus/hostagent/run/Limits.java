package dev.nimbus.hostagent.run;

import java.time.Duration;

/**
 * Bounds that protect a host.
 *
 * @param consoleBytes kept of what one job prints
 * @param spoolBytes kept of the logs of ended jobs while the pipeline is away
 * @param processes of one job, threads included
 * @param drain how long the end of a job waits for its log to be stored
 */
public record Limits(long consoleBytes, long spoolBytes, int processes, Duration drain) {
  private static final int PROCESSES = 4_096;
  private static final Duration DRAIN = Duration.ofSeconds(2);

  public static Limits of(long consoleBytes, long spoolBytes) {
    return new Limits(consoleBytes, spoolBytes, PROCESSES, DRAIN);
  }
}
