package dev.nimbus.core.host;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;

/**
 * What a host can take right now.
 *
 * @param free what its running jobs leave
 * @param slots how many more jobs it wants; zero asks for nothing
 */
public record Offer(
    HostId host, OrgId org, Host.Sharing sharing, Labels labels, Size free, int slots) {
  /** Whether two offers can be served by the same jobs, whoever makes them. */
  public boolean alike(Offer other) {
    return sharing == other.sharing
        && (sharing == Host.Sharing.ALL || org.equals(other.org))
        && labels.equals(other.labels)
        && free.equals(other.free);
  }
}
