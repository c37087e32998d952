package dev.nimbus.e2e.simulation;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.lease.LeaseStore;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.org.OrgStanding;
import dev.nimbus.core.storage.ArrivalStore;
import dev.nimbus.core.storage.ConnectionStore;
import dev.nimbus.core.storage.CostStore;
import dev.nimbus.core.storage.ForgeStore;
import dev.nimbus.core.storage.HostStore;
import dev.nimbus.core.storage.IdentityStore;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.core.storage.MachineStore;
import dev.nimbus.core.storage.OrgStore;
import dev.nimbus.core.storage.PoolStore;
import dev.nimbus.core.storage.ProviderStore;
import dev.nimbus.core.storage.Storage;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A right storage with one mistake built in. */
final class BrokenStorage implements Storage, OrgStore {
  private final Storage right;
  private final Bug bug;
  private final NavigableMap<OrgId, OrgLimits> limits =
      new TreeMap<>(Comparator.comparing(OrgId::value));
  private final Set<JobId> dropped = new HashSet<>();

  BrokenStorage(Storage right, Bug bug) {
    this.right = right;
    this.bug = bug;
  }

  /** The leases of the right storage. */
  LeaseStore right() {
    return right.leases();
  }

  OrgStore rightOrgs() {
    return right.orgs();
  }

  NavigableMap<OrgId, OrgLimits> limits() {
    return limits;
  }

  /** The job as somebody holds it now. */
  Optional<Job> holder(JobId id) {
    return limits.keySet().stream()
        .flatMap(org -> right.jobs().find(org, id).stream())
        .filter(job -> Bug.heldBy(job).isPresent())
        .findFirst();
  }

  void drop(JobId job) {
    dropped.add(job);
  }

  boolean dropped(JobId job) {
    return dropped.contains(job);
  }

  @Override
  public JobStore jobs() {
    return new BrokenJobs(right.jobs(), bug, this);
  }

  @Override
  public LeaseStore leases() {
    return new BrokenLeases(bug, this);
  }

  @Override
  public HostStore hosts() {
    return right.hosts();
  }

  @Override
  public OrgStore orgs() {
    return this;
  }

  @Override
  public IdentityStore identity() {
    return right.identity();
  }

  @Override
  public ConnectionStore connections() {
    return right.connections();
  }

  @Override
  public ForgeStore forges() {
    return right.forges();
  }

  @Override
  public ProviderStore providers() {
    return right.providers();
  }

  @Override
  public PoolStore pools() {
    return right.pools();
  }

  @Override
  public MachineStore machines() {
    return right.machines();
  }

  @Override
  public ArrivalStore arrivals() {
    return right.arrivals();
  }

  @Override
  public CostStore costs() {
    return right.costs();
  }

  @Override
  public void check() {
    right.check();
  }

  @Override
  public int repair() {
    return right.repair();
  }

  @Override
  public void close() {
    right.close();
  }

  @Override
  public void limit(OrgId org, OrgLimits to) {
    limits.put(org, to);
    right.orgs().limit(org, to);
  }

  @Override
  public Optional<OrgStanding> find(OrgId org) {
    return right.orgs().find(org);
  }

  @Override
  public List<OrgStanding> list() {
    return right.orgs().list();
  }

  @Override
  public int usedAtMost(Instant until) {
    return right.orgs().usedAtMost(until);
  }

  /** Jobs as this storage shows them, without what was dropped. */
  List<Job> kept(List<Job> jobs) {
    return jobs.stream().filter(job -> !dropped(job.id())).map(bug::seen).toList();
  }
}
