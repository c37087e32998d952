package dev.nimbus.core.executor;

import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.Size;

/**
 * A sandbox to start.
 *
 * @param limits enforced where the host can; zero memory or processors mean no limit of that kind
 * @param disk enforced as well as the host can
 * @param maxProcesses processes and threads together
 * @param consoleLimitBytes console output kept; what goes beyond is dropped with a note
 * @param equipment what it has besides the system and its job
 */
public record SandboxSpec(
    SandboxId id,
    JobSpec job,
    Size limits,
    DiskLimits disk,
    int maxProcesses,
    long consoleLimitBytes,
    Equipment equipment) {
  /** A sandbox without any equipment. */
  public SandboxSpec(
      SandboxId id,
      JobSpec job,
      Size limits,
      DiskLimits disk,
      int maxProcesses,
      long consoleLimitBytes) {
    this(id, job, limits, disk, maxProcesses, consoleLimitBytes, Equipment.NONE);
  }
}
