package dev.nimbus.core.placement;

import dev.nimbus.core.host.Host.Sharing;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;

/**
 * What a host that is alive proves it can take now.
 *
 * @param org the tenant that owns the host
 * @param free what its running jobs leave
 * @param slots how many more jobs it can take
 */
public record Seat(OrgId org, Sharing sharing, Labels labels, Size free, int slots) {}
