package dev.nimbus.hostagent.sweep;

import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.lease.Grip;
import dev.nimbus.hostagent.lease.Holding;
import dev.nimbus.hostagent.lease.LeaseKeeping;
import dev.nimbus.hostagent.lease.Rules;
import java.time.Duration;
import java.time.Instant;

/**
 * A held job as it is written to disk. The monotonic clock of one life means nothing to the next,
 * so points in time are kept by the wall clock; should that jump, the worst is a job that is asked
 * about too late, and its fence protects it then.
 */
public record SavedJob(
    String sandbox,
    long ttlMs,
    long timeoutMs,
    double jitter,
    int milliCpus,
    long memoryBytes,
    String logsUrl,
    Instant grantedAt,
    Instant leaseUntil,
    boolean told,
    SavedStage stage) {

  /** What to write, at a moment that both clocks tell. */
  public static SavedJob of(HeldJob job, LeaseKeeping keeping, Duration now, Instant wall) {
    var holding = keeping.holding();
    return new SavedJob(
        holding.sandbox().name(),
        holding.ttl().toMillis(),
        holding.timeout().toMillis(),
        holding.jitter(),
        job.size().milliCpus(),
        job.size().memoryBytes(),
        job.logsUrl(),
        job.grantedAt(),
        wall.plus(keeping.grip().deadline().minus(now)),
        keeping.grip().told(),
        SavedStage.of(keeping.stage(), now, wall));
  }

  public HeldJob job() {
    var holding =
        new Holding(
            SandboxId.parse(sandbox),
            Duration.ofMillis(ttlMs),
            Duration.ofMillis(timeoutMs),
            memoryBytes,
            jitter);
    return new HeldJob(holding, new Size(milliCpus, memoryBytes), logsUrl, grantedAt);
  }

  /** The state as it was, in the time of this life; to be resumed. No lease lasts longer now. */
  public LeaseKeeping keeping(Rules rules, Duration now, Instant wall) {
    var job = job();
    var left = Duration.between(wall, leaseUntil);
    var ttl = job.holding().ttl();
    var deadline = now.plus(left.compareTo(ttl) < 0 ? left : ttl);
    var grip = new Grip(deadline, now, told);
    return new LeaseKeeping(job.holding(), rules, stage.stage(now, wall), grip);
  }
}
