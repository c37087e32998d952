package dev.nimbus.e2e.simulation;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.core.storage.Storage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A storage of which every step is judged. */
final class JudgedStorage {
  private final Storage storage;
  private final Ledger ledger;
  private final JudgedJobs jobs;
  private final JudgedLeases leases;
  private final JudgedGrants grants;
  private final JudgedExpiry expiry;

  JudgedStorage(Storage storage, World world, Plan plan) {
    this.storage = storage;
    this.ledger = new Ledger(storage, world.trace(), plan.maxAttempts());
    this.jobs = new JudgedJobs(storage.jobs(), ledger);
    this.leases = new JudgedLeases(storage.leases(), ledger, Conditions.TTL);
    this.grants = new JudgedGrants(storage.leases(), ledger);
    this.expiry = new JudgedExpiry(storage.leases(), ledger, world);
  }

  void limit(OrgId org, OrgLimits limits) {
    storage.orgs().limit(org, limits);
    ledger.limits().put(org, limits);
  }

  Ledger ledger() {
    return ledger;
  }

  JudgedJobs jobs() {
    return jobs;
  }

  JudgedLeases leases() {
    return leases;
  }

  JudgedGrants grants() {
    return grants;
  }

  JudgedExpiry expiry() {
    return expiry;
  }

  void register(Registration registration, Instant now) {
    storage.hosts().register(registration, now);
  }

  boolean seen(HostId host, Instant now) {
    return storage.hosts().seen(host, now);
  }

  Optional<Host> host(HostId host) {
    return storage.hosts().find(host);
  }

  Map<JobId, Fence> heldBy(HostId host) {
    return storage.leases().heldBy(host);
  }

  List<JobId> cancelling(HostId host) {
    return storage.leases().cancelling(host);
  }

  void forgetUnseen(Instant since) {
    storage.hosts().forgetUnseen(since).forEach(host -> ledger.trace().tally().count("forgotten"));
  }

  /** Compares everything that is stored with what was written, and counters with a recount. */
  void recount() {
    BrokenPromise.unless(storage.repair() == 0, "A counter was wrong");
    ledger.limits().keySet().forEach(this::recount);
  }

  private void recount(OrgId org) {
    var stored = storage.jobs().list(org, JobFilter.newest(JobFilter.MAX_LIMIT)).jobs();
    var known = ledger.count(job -> job.org().equals(org));
    BrokenPromise.unless(
        stored.size() == known, "%d jobs of %s, not %d", stored.size(), org, known);
    stored.forEach(job -> ledger.unchanged(job.id()));
    var standing = storage.orgs().find(org).orElseThrow();
    BrokenPromise.unless(
        standing.waiting() == ledger.count(job -> job.org().equals(org) && Ledger.waiting(job))
            && standing.running() == ledger.count(job -> job.org().equals(org) && Ledger.held(job)),
        "The counters of %s are wrong: %s",
        org,
        standing);
  }
}
