package dev.nimbus.core.lease;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;

/** A lease that ran out and was ended. */
public sealed interface Expired {
  OrgId org();

  JobId job();

  HostId host();

  Fence fence();

  /** The job is back in the queue. */
  record Requeued(OrgId org, JobId job, HostId host, Fence fence) implements Expired {}

  /** The job used up its attempts and is dead. */
  record GaveUp(OrgId org, JobId job, HostId host, Fence fence) implements Expired {}

  /** The job was being cancelled anyway. */
  record Cancelled(OrgId org, JobId job, HostId host, Fence fence) implements Expired {}
}
