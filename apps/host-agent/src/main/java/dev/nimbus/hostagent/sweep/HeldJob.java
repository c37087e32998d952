package dev.nimbus.hostagent.sweep;

import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.lease.Holding;
import dev.nimbus.service.config.Secret;
import java.time.Instant;
import java.util.List;

/**
 * What stays true of a job as long as this host has to do with it.
 *
 * @param size what it takes of the host
 * @param logsUrl where its log goes; empty when nobody wants it
 * @param secrets what was handed to the job and must not be in its log; those of a runner are not
 *     here, for what is here is kept on disk
 * @param runner whether it is the runner of a forge
 */
public record HeldJob(
    Holding holding,
    Size size,
    String logsUrl,
    List<Secret> secrets,
    boolean runner,
    Instant grantedAt) {
  public HeldJob {
    secrets = List.copyOf(secrets);
  }

  public SandboxId id() {
    return holding.sandbox();
  }
}
