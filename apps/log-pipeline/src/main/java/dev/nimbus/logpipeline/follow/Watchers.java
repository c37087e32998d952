package dev.nimbus.logpipeline.follow;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who waits for lines of which job. Thread-safe; telling costs nothing where nobody waits. */
public final class Watchers {
  /** Followers of one tenant; each may keep a connection and a page of lines. */
  public static final int MAX_PER_ORG = 500;

  private final Map<Key, Bell> bells = new ConcurrentHashMap<>();
  private final Map<OrgId, Integer> perOrg = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /** Fails with {@code EXHAUSTED} when the tenant has as many followers as it may. */
  public void requireRoom(OrgId org) {
    if (perOrg.getOrDefault(org, 0) >= MAX_PER_ORG) {
      throw new NimbusException(
          Kind.EXHAUSTED,
          "Cannot follow another log: tenant '%s' has %d followers already"
              .formatted(org, MAX_PER_ORG));
    }
  }

  /** Begins to wait for lines of a job. */
  public Watch watch(OrgId org, JobId job) {
    var key = new Key(org, job);
    perOrg.merge(org, 1, Integer::sum);
    count.incrementAndGet();
    var hub = new Hub();
    var bell = bells.merge(key, new Bell(hub, 1), (known, _) -> known.with(known.listeners() + 1));
    return new Watch(bell.hub(), () -> end(key));
  }

  /** Tells whoever waits that the job has more lines. */
  public void tell(OrgId org, JobId job) {
    var bell = bells.get(new Key(org, job));
    if (bell != null) {
      bell.hub().ring();
    }
  }

  /** How many wait. */
  public int count() {
    return count.get();
  }

  private void end(Key key) {
    bells.computeIfPresent(
        key, (_, bell) -> bell.listeners() == 1 ? null : bell.with(bell.listeners() - 1));
    perOrg.computeIfPresent(key.org(), (_, all) -> all == 1 ? null : all - 1);
    count.decrementAndGet();
  }

  private record Key(OrgId org, JobId job) {}

  /** A job's hub and how many listen to it. */
  private record Bell(Hub hub, int listeners) {
    Bell with(int others) {
      return new Bell(hub, others);
    }
  }
}
