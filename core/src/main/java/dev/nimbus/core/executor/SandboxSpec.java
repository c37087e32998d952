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
 */
public record SandboxSpec(
    SandboxId id,
    JobSpec job,
    Size limits,
    DiskLimits disk,
    int maxProcesses,
    long consoleLimitBytes) {}
