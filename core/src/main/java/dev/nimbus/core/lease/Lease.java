package dev.nimbus.core.lease;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.Job;
import java.time.Instant;

/** The right of one host to run one job until an instant, unless it is renewed. */
public record Lease(Job job, HostId host, Fence fence, Instant until) {}
