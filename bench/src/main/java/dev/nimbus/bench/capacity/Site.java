package dev.nimbus.bench.capacity;

import dev.nimbus.core.forecast.Forecast;
import dev.nimbus.core.forecast.History;
import dev.nimbus.core.forecast.Hour;
import dev.nimbus.core.forecast.Stakes;
import dev.nimbus.core.host.Host.Sharing;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.placement.Seat;
import dev.nimbus.core.placement.Waiting;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Deadlines;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.pool.Warming;
import dev.nimbus.core.provider.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** A pool, its queue, and what came to it. */
final class Site {
  private static final OrgId ORG = new OrgId("acme");
  private static final Size SIZE = new Size(4_000, 8L << 30);

  private final Pool pool;
  private final Cloud cloud;
  private final Policy policy;
  private final TreeMap<Instant, Hour> hours = new TreeMap<>();
  private final Deque<Workload.Job> queue = new ArrayDeque<>();
  private final Deque<Simulated> idle = new ArrayDeque<>();
  private final Seat free;
  private final Seat taken;
  private final Requirements asked;
  private History history = History.of(List.of(), Instant.EPOCH);
  private long minute;
  private long inMinute;

  Site(int number, Cloud cloud, Policy policy) {
    this.cloud = cloud;
    this.policy = policy;
    var word = "set-" + number;
    var offering =
        new Offering(
            new ProviderName("cloud"),
            "here",
            "large",
            "image",
            Os.LINUX,
            SpotPolicy.NEVER,
            SIZE,
            0,
            cloud.microsPerHour());
    pool =
        new Pool(
            ORG,
            new PoolName("pool-" + number),
            Labels.of(Set.of("linux", word)),
            List.of(offering),
            Pool.MOST,
            policy instanceof Policy.Fixed(var machines) ? machines : 0,
            List.of(),
            new Warming.Fixed(),
            Duration.ofMinutes(5),
            Duration.ofHours(6),
            Deadlines.USUAL,
            Budget.NONE,
            Instant.EPOCH,
            1);
    asked = new Requirements(Labels.of(Set.of("linux", word)), SIZE);
    free = new Seat(ORG, Sharing.OWN, pool.offered(offering), SIZE, 1);
    taken = new Seat(ORG, Sharing.OWN, pool.offered(offering), SIZE, 0);
  }

  Pool pool() {
    return pool;
  }

  Owner owner() {
    return new Owner(ORG, pool.name());
  }

  Deque<Workload.Job> queue() {
    return queue;
  }

  /** Machines that wait, the one that waits longest first. */
  Deque<Simulated> idle() {
    return idle;
  }

  Seat seat(boolean busy) {
    return busy ? taken : free;
  }

  /** Counts a job that comes. */
  void count(long at) {
    if (at / 60_000 != minute) {
      closeMinute();
      minute = at / 60_000;
    }
    inMinute++;
  }

  /** The queue as a lane; none when nothing waits. */
  List<Waiting> waiting() {
    if (queue.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Waiting(
            ORG,
            Repository.NONE,
            asked,
            queue.size(),
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Instant.ofEpochMilli(queue.getFirst().at()),
            Instant.EPOCH));
  }

  /** How many are to wait by the forecast. */
  int warm(Instant now) {
    return switch (policy) {
      case Policy.Fixed _ -> 0;
      case Policy.Predicted(var waiting, var off) -> {
        var stakes = new Stakes(cloud.microsPerHour(), waiting);
        var forecast = new Forecast(history, cloud.usualStart(), stakes);
        yield forecast.machines(now.plus(off), pool.max());
      }
    };
  }

  /** At the start of an hour. */
  void remember(Instant now) {
    closeMinute();
    hours.headMap(now.minus(History.REACH)).clear();
    history = History.of(hours.values(), now);
  }

  private void closeMinute() {
    if (inMinute > 0) {
      var start = Instant.ofEpochMilli(minute * 60_000).truncatedTo(ChronoUnit.HOURS);
      var before = hours.getOrDefault(start, new Hour(start, 0, 0));
      hours.put(start, before.plus(inMinute));
      inMinute = 0;
    }
  }
}
