package dev.nimbus.core.forge;

import dev.nimbus.core.id.RunnerName;

/** A runner to register, good for one job. */
public record RunnerSpec(RunnerName name, ForgeJob job) {}
