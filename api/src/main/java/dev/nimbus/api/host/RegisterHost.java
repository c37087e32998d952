package dev.nimbus.api.host;

import java.util.List;

/**
 * What an agent says of its machine.
 *
 * @param shared whether it takes jobs of every tenant; needs a token that says so
 * @param held sandboxes it still holds from an earlier life, as {@code job.fence}
 */
public record RegisterHost(
    String host,
    boolean shared,
    List<String> labels,
    int milliCpus,
    long memoryBytes,
    int slots,
    List<String> reductions,
    String version,
    List<String> held) {}
