package dev.nimbus.core.host;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import java.time.Instant;
import java.util.List;

/**
 * A machine that runs jobs, as its agent last described it.
 *
 * @param org the tenant that owns it
 * @param sharing whose jobs it takes
 * @param slots how many jobs it runs at once
 * @param used what its current leases take of it
 * @param reductions pieces of isolation it lacks and runs without, by policy
 */
public record Host(
    HostId id,
    OrgId org,
    Sharing sharing,
    Labels labels,
    Size capacity,
    int slots,
    Size used,
    int leases,
    List<String> reductions,
    String version,
    Instant registeredAt,
    Instant seenAt) {
  public Host {
    reductions = List.copyOf(reductions);
  }

  /** Whose jobs a host takes. */
  public enum Sharing {
    /** Only those of the tenant that owns it. */
    OWN,
    /** Those of every tenant. */
    ALL
  }
}
