package dev.nimbus.core.org;

import dev.nimbus.core.id.OrgId;
import java.time.Instant;

/**
 * A tenant and what it holds now.
 *
 * @param usedUntil until when the jobs it started have used up its {@link JobRate}
 */
public record OrgStanding(
    OrgId org, OrgLimits limits, int waiting, int running, Instant usedUntil) {
  /** A tenant that started nothing yet. */
  public OrgStanding(OrgId org, OrgLimits limits, int waiting, int running) {
    this(org, limits, waiting, running, Instant.EPOCH);
  }
}
