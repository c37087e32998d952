package dev.nimbus.hostagent.sweep;

import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.lease.Grip;
import dev.nimbus.hostagent.lease.Holding;
import dev.nimbus.hostagent.lease.LeaseKeeping;
import dev.nimbus.hostagent.lease.Rules;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.time.BootClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A held job as it is written to disk. The monotonic clock of one life means nothing to the next,
 * so points in time are kept by the clock of the machine's boot, which nobody can set. After
 * another boot no sandbox is left, and no point in time of use.
 *
 * @param boot which boot its points in time belong to
 * @param leaseUntilMs since that boot
 */
public record SavedJob(
    String sandbox,
    long ttlMs,
    long timeoutMs,
    double jitter,
    int milliCpus,
    long memoryBytes,
    String logsUrl,
    List<String> secrets,
    boolean runner,
    Instant grantedAt,
    String boot,
    long leaseUntilMs,
    boolean told,
    SavedStage stage) {

  /** What to write, at a moment that both clocks tell. */
  public static SavedJob of(HeldJob job, LeaseKeeping keeping, Clocks clocks) {
    var holding = keeping.holding();
    return new SavedJob(
        holding.sandbox().name(),
        holding.ttl().toMillis(),
        holding.timeout().toMillis(),
        holding.jitter(),
        job.size().milliCpus(),
        job.size().memoryBytes(),
        job.logsUrl(),
        job.secrets().stream().map(Secret::value).toList(),
        job.runner(),
        job.grantedAt(),
        clocks.boot().boot(),
        clocks.lasting(keeping.grip().deadline()).since().toMillis(),
        keeping.grip().told(),
        SavedStage.of(keeping.stage(), clocks));
  }

  public HeldJob job() {
    var holding =
        new Holding(
            SandboxId.parse(sandbox),
            Duration.ofMillis(ttlMs),
            Duration.ofMillis(timeoutMs),
            memoryBytes,
            jitter);
    return new HeldJob(
        holding,
        new Size(milliCpus, memoryBytes),
        logsUrl,
        secrets.stream().map(Secret::new).toList(),
        runner,
        grantedAt);
  }

  /** The state as it was, in the time of this life; to be resumed. */
  public LeaseKeeping keeping(Rules rules, Clocks clocks) {
    var holding = job().holding();
    var lease = new BootClock.Moment(boot, Duration.ofMillis(leaseUntilMs));
    var grip = new Grip(clocks.here(lease).orElse(clocks.now()), clocks.now(), told);
    return new LeaseKeeping(holding, rules, stage.stage(boot, holding, clocks), grip);
  }
}
