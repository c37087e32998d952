package dev.nimbus.core.storage;

import dev.nimbus.core.lease.LeaseStore;

/**
 * Durable state of the control plane. Each store method is one atomic step that is durable when it
 * returns; none hands out a transaction. Thread-safe; calls block.
 */
public interface Storage extends AutoCloseable {
  JobStore jobs();

  LeaseStore leases();

  HostStore hosts();

  OrgStore orgs();

  IdentityStore identity();

  ConnectionStore connections();

  ForgeStore forges();

  ProviderStore providers();

  PoolStore pools();

  MachineStore machines();

  ArrivalStore arrivals();

  CostStore costs();

  /** Answers when reads and writes work now; throws what is wrong otherwise. */
  void check();

  /** Recounts what is derived from jobs and corrects it; returns how many counts were wrong. */
  int repair();

  @Override
  void close();
}
