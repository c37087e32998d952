package dev.nimbus.hostagent.sweep;

import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.lease.Holding;
import java.time.Instant;

/**
 * What stays true of a job as long as this host has to do with it.
 *
 * @param size what it takes of the host
 * @param logsUrl where its log goes; empty when nobody wants it
 */
public record HeldJob(Holding holding, Size size, String logsUrl, Instant grantedAt) {
  public SandboxId id() {
    return holding.sandbox();
  }
}
