package dev.nimbus.testkit.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.org.OrgStanding;
import dev.nimbus.core.storage.OrgStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tenants in memory. */
final class MemoryOrgStore implements OrgStore {
  private final MemoryState state;

  MemoryOrgStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public void limit(OrgId org, OrgLimits limits) {
    synchronized (state) {
      state.limit(org, limits);
    }
  }

  @Override
  public Optional<OrgStanding> find(OrgId org) {
    synchronized (state) {
      return state.standing(org);
    }
  }

  @Override
  public int usedAtMost(Instant until) {
    synchronized (state) {
      return state.usedAtMost(until);
    }
  }

  @Override
  public List<OrgStanding> list() {
    synchronized (state) {
      return state.orgs().stream().map(org -> state.standing(org).orElseThrow()).toList();
    }
  }
}
