package dev.nimbus.core.executor;

import java.time.Duration;

/** What a sandbox used. Zero where the host cannot tell. */
public record Usage(Duration cpu, long peakMemoryBytes) {
  public static final Usage UNKNOWN = new Usage(Duration.ZERO, 0);

  /** Whether both were measured. */
  public boolean known() {
    return cpu.isPositive() && peakMemoryBytes > 0;
  }
}
