package dev.nimbus.api.job;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job to run.
 *
 * @param command program and arguments
 * @param cpus processors, fractions allowed; one when absent
 * @param memoryBytes 512 MiB when absent
 * @param timeoutMs six hours when absent
 * @param network {@code host} or {@code none}; {@code host} when absent
 */
public record SubmitJob(
    List<String> command,
    @Nullable Map<String, String> env,
    @Nullable List<String> labels,
    @Nullable String repository,
    @Nullable String image,
    @Nullable Double cpus,
    @Nullable Long memoryBytes,
    @Nullable Long timeoutMs,
    @Nullable String network,
    @Nullable Map<String, String> metadata) {}
