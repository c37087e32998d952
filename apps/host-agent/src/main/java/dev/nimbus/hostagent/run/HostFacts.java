package dev.nimbus.hostagent.run;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import java.util.List;

/**
 * What this host is and can do.
 *
 * @param shared whether it takes jobs of every tenant
 * @param slots how many jobs run at once
 * @param reductions pieces of isolation it runs without, by policy
 */
public record HostFacts(
    HostId id,
    boolean shared,
    Labels labels,
    Size capacity,
    int slots,
    String executor,
    List<String> reductions,
    String version) {
  public HostFacts {
    reductions = List.copyOf(reductions);
    if (slots < 1) {
      throw new IllegalArgumentException("A host needs a slot: " + slots);
    }
  }

  /** The same host with other labels. */
  HostFacts offering(Labels others) {
    return new HostFacts(id, shared, others, capacity, slots, executor, reductions, version);
  }

  /** The first line of every job's log. */
  String greeting() {
    var isolation =
        reductions.isEmpty()
            ? "isolated in full"
            : "with reduced isolation: without " + String.join(", ", reductions);
    return "nimbus: runs on " + id + " as " + executor + ", " + isolation;
  }
}
