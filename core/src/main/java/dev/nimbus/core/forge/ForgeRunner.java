package dev.nimbus.core.forge;

import dev.nimbus.core.id.RunnerName;

/**
 * A runner a forge knows.
 *
 * @param id the forge's own
 * @param busy whether the forge says that it runs a job; to be believed only when true
 */
public record ForgeRunner(String id, RunnerName name, boolean online, boolean busy) {}
