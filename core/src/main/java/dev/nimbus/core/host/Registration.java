package dev.nimbus.core.host;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import java.util.List;

/** What an agent says of its machine when it starts and whenever that changes. */
public record Registration(
    HostId id,
    OrgId org,
    Host.Sharing sharing,
    Labels labels,
    Size capacity,
    int slots,
    List<String> reductions,
    String version) {
  public Registration {
    reductions = List.copyOf(reductions);
    if (slots < 1 || slots > 10_000) {
      throw new IllegalArgumentException("A host has 1 to 10,000 slots: " + slots);
    }
  }
}
