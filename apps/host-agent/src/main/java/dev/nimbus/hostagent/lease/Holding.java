package dev.nimbus.hostagent.lease;

import dev.nimbus.core.id.SandboxId;
import java.time.Duration;

/**
 * What does not change about a job while a host holds it.
 *
 * @param ttl of the lease, as granted
 * @param timeout how long the job may run once its sandbox is up
 * @param memoryBytes what the job may use, for the message when it used more
 * @param jitter from zero to one: spreads the renewals of many jobs over time
 */
public record Holding(
    SandboxId sandbox, Duration ttl, Duration timeout, long memoryBytes, double jitter) {
  public Holding {
    if (ttl.isNegative() || ttl.isZero() || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "A lease and its job need time: ttl " + ttl + ", timeout " + timeout);
    }
    if (jitter < 0 || jitter > 1) {
      throw new IllegalArgumentException("Jitter is from 0 to 1: " + jitter);
    }
  }
}
