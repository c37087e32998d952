package dev.nimbus.controlplane.identity;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.token.Principal;
import java.time.Instant;
import java.util.Optional;

/** Tokens of a job for the host that holds it, or held it. */
public final class JobTokens {
  private final Storage storage;
  private final Issuing issuing;
  private final boolean cached;

  /** Tokens of jobs, which have a cache or have none. */
  public JobTokens(Storage storage, Issuing issuing, boolean cached) {
    this.storage = storage;
    this.issuing = issuing;
    this.cached = cached;
  }

  /** What comes with a lease, for its agent. */
  public String forLog(Lease lease) {
    return issuing.forLog(lease);
  }

  /** What comes with a lease for the job itself; none for one that could not reach the cache. */
  public Optional<String> forCache(Lease lease) {
    var reachable = cached && lease.job().spec().network() != NetworkAccess.NONE;
    return reachable ? Optional.of(issuing.forCache(lease)) : Optional.empty();
  }

  /** A fresh one for a lease that goes on until then; empty when the job is gone. */
  public Optional<String> renewed(HostId host, SandboxId held, Instant until) {
    return tenant(host, held)
        .flatMap(org -> storage.jobs().find(org, held.job()))
        .map(job -> issuing.forLog(new Lease(job, host, held.fence(), until)));
  }

  /** One that only writes the log; {@code NOT_FOUND} for a host that never had the job. */
  public Issuing.Issued forLog(HostId host, SandboxId held) {
    var org =
        tenant(host, held)
            .orElseThrow(
                () ->
                    new NimbusException(
                        Kind.NOT_FOUND,
                        "Host '%s' never held job '%s' under fence %s"
                            .formatted(host, held.job(), held.fence())));
    return issuing.forLog(org, new Principal.Job(held.job(), held.fence(), Repository.NONE));
  }

  private Optional<OrgId> tenant(HostId host, SandboxId held) {
    return storage.leases().tenantOf(host, held.job(), held.fence());
  }
}
