package dev.nimbus.adapters.storage;

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
 * The state of the control plane in one SQL database. Blocks; may be called from virtual threads.
 */
public final class SqlStorage implements Storage {
  private final Database database;
  private final JobStore jobs;
  private final LeaseStore leases;
  private final HostStore hosts;
  private final OrgStore orgs;
  private final IdentityStore identity;
  private final ConnectionStore connections;
  private final ForgeStore forges;
  private final ProviderStore providers;
  private final PoolStore pools;
  private final MachineStore machines;
  private final ArrivalStore arrivals;
  private final CostStore costs;

  private SqlStorage(Database database) {
    this.database = database;
    this.jobs = new SqlJobStore(database);
    this.leases = new SqlLeaseStore(database);
    this.hosts = new SqlHostStore(database);
    this.orgs = new SqlOrgStore(database);
    this.identity = new SqlIdentityStore(database);
    this.connections = new SqlConnectionStore(database);
    this.forges = new SqlForgeStore(database);
    this.providers = new SqlProviderStore(database);
    this.pools = new SqlPoolStore(database);
    this.machines = new SqlMachineStore(database);
    this.arrivals = new SqlArrivalStore(database);
    this.costs = new SqlCostStore(database);
  }

  /**
   * Opens a database and brings its schema up to date.
   *
   * @param url {@code sqlite:PATH}, which only one process may have open, or {@code
   *     postgresql://user:password@host:port/database}, which several may share
   * @throws dev.nimbus.core.error.NimbusException with a sentence for an operator: {@code INVALID}
   *     for another url, {@code CONFLICT} for a file in use or a schema that is newer, {@code
   *     UNAVAILABLE} or {@code INTERNAL} for a database that cannot be reached or is damaged
   */
  public static SqlStorage open(String url) {
    return new SqlStorage(DatabaseUrl.parse(url).open());
  }

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
    database.read("read from", "the database", s -> s.number("SELECT writes FROM probe"));
    database.write(
        "write to", "the database", s -> s.update("UPDATE probe SET writes = writes + 1"));
  }

  @Override
  public int repair() {
    var needed = database.read("check", "the counters", Repair::needed);
    return needed ? database.write("repair", "the counters", Repair::run) : 0;
  }

  @Override
  public void close() {
    database.close();
  }
}
