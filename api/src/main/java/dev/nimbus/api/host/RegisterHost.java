package dev.nimbus.api.host;

import dev.nimbus.core.id.HostId;
import dev.nimbus.json.Meaning;
import java.util.List;

/** What an agent says of its machine. */
public record RegisterHost(
    @Meaning(pattern = HostId.PATTERN) String host,
    @Meaning("Whether it takes jobs of every tenant; needs a token for every tenant.")
        boolean shared,
    List<String> labels,
    int milliCpus,
    long memoryBytes,
    @Meaning("How many jobs it runs at once.") int slots,
    @Meaning("Pieces of isolation it lacks and runs without.") List<String> reductions,
    String version,
    @Meaning("Sandboxes it still holds from an earlier life, as job.fence.") List<String> held) {}
