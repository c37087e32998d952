package dev.nimbus.hostagent.runner;

import dev.nimbus.api.lease.RunnerReply;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobSpec;
import java.util.function.Supplier;

/**
 * A job that is the runner of a forge.
 *
 * @param spec what it is but for its command
 * @param registration asks the control plane to register the runner; blocks, may be repeated
 */
public record RunnerJob(
    SandboxId sandbox, ForgeKind forge, JobSpec spec, Supplier<RunnerReply> registration) {}
