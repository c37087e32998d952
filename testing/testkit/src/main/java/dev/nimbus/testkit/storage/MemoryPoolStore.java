package dev.nimbus.testkit.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.storage.PoolStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pools in memory. */
final class MemoryPoolStore implements PoolStore {
  private final MemoryState state;

  MemoryPoolStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public Pool apply(Pool wanted, Instant now) {
    synchronized (state) {
      state.know(wanted.org());
      var before = find(wanted.org(), wanted.name());
      if (before.isPresent() && before.get().sameContent(wanted)) {
        return before.get();
      }
      before.ifPresent(state.fleet().pools()::remove);
      var made = as(wanted, now, before.map(Pool::revision).orElse(0L) + 1);
      state.fleet().pools().add(made);
      return made;
    }
  }

  @Override
  public Optional<Pool> find(OrgId org, PoolName name) {
    synchronized (state) {
      return state.fleet().pool(org, name);
    }
  }

  @Override
  public List<Pool> list(OrgId org) {
    synchronized (state) {
      return state.fleet().pools(known -> known.org().equals(org));
    }
  }

  @Override
  public List<Pool> all() {
    synchronized (state) {
      return state.fleet().pools(known -> true);
    }
  }

  @Override
  public boolean remove(OrgId org, PoolName name) {
    synchronized (state) {
      var found = find(org, name);
      found.ifPresent(state.fleet().pools()::remove);
      return found.isPresent();
    }
  }

  private static Pool as(Pool content, Instant now, long revision) {
    return new Pool(
        content.org(),
        content.name(),
        content.labels(),
        content.offerings(),
        content.max(),
        content.minIdle(),
        content.schedules(),
        content.warming(),
        content.idleGrace(),
        content.maxLife(),
        content.deadlines(),
        content.budget(),
        now,
        revision);
  }
}
