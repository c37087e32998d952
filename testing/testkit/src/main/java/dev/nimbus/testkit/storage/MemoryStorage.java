package dev.nimbus.testkit.storage;

import dev.nimbus.core.lease.LeaseStore;
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

/**
 * A storage that forgets everything when it is closed. It counts instead of keeping counters and
 * searches instead of keeping indexes, so it is what the others are compared with.
 */
public final class MemoryStorage implements Storage {
  private final MemoryState state = new MemoryState();
  private final JobStore jobs = new MemoryJobStore(state);
  private final LeaseStore leases = new MemoryLeaseStore(state);
  private final MemoryHostStore hosts = new MemoryHostStore(state);
  private final OrgStore orgs = new MemoryOrgStore(state);
  private final IdentityStore identity = new MemoryIdentityStore(state);
  private final ConnectionStore connections = new MemoryConnectionStore(state);
  private final ForgeStore forges = new MemoryForgeStore(state);
  private final ProviderStore providers = new MemoryProviderStore(state);
  private final PoolStore pools = new MemoryPoolStore(state);
  private final MachineStore machines = new MemoryMachineStore(state, hosts);
  private final ArrivalStore arrivals = new MemoryArrivalStore(state);
  private final CostStore costs = new MemoryCostStore(state);

  @Override
  public JobStore jobs() {
    return jobs;
  }

  @Override
  public LeaseStore leases() {
    return leases;
  }

  @Override
  public HostStore hosts() {
    return hosts;
  }

  @Override
  public OrgStore orgs() {
    return orgs;
  }

  @Override
  public IdentityStore identity() {
    return identity;
  }

  @Override
  public ConnectionStore connections() {
    return connections;
  }

  @Override
  public ForgeStore forges() {
    return forges;
  }

  @Override
  public ProviderStore providers() {
    return providers;
  }

  @Override
  public PoolStore pools() {
    return pools;
  }

  @Override
  public MachineStore machines() {
    return machines;
  }

  @Override
  public ArrivalStore arrivals() {
    return arrivals;
  }

  @Override
  public CostStore costs() {
    return costs;
  }

  @Override
  public void check() {
    // Memory always answers.
  }

  @Override
  public int repair() {
    return 0;
  }

  @Override
  public void close() {
    // Nothing is held that would have to be let go.
  }
}
