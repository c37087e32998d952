package dev.nimbus.core.forecast;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.PoolChoice;
import dev.nimbus.core.provider.Owner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts jobs for the pools their machines would be made by. */
public final class Tally {
  private final Map<OrgId, List<Pool>> pools = new HashMap<>();
  private final Map<Asked, Optional<Owner>> known = new HashMap<>();

  private Tally(List<Pool> all) {
    all.forEach(pool -> pools.computeIfAbsent(pool.org(), _ -> new ArrayList<>()).add(pool));
  }

  /**
   * What came in which hour. A job no pool serves counts for none; one that comes before a pool
   * changed counts as the pools are now.
   *
   * @param pools of each tenant in the order of their names
   */
  public static Map<Owner, List<Hour>> of(List<Came> jobs, List<Pool> pools) {
    var tally = new Tally(pools);
    var minutes = new HashMap<Minute, Integer>();
    for (var job : jobs) {
      tally
          .pool(job)
          .map(pool -> new Minute(pool, job.at().truncatedTo(ChronoUnit.MINUTES)))
          .ifPresent(minute -> minutes.merge(minute, 1, Integer::sum));
    }
    return hours(minutes);
  }

  private static Map<Owner, List<Hour>> hours(Map<Minute, Integer> minutes) {
    var hours = new HashMap<Minute, Hour>();
    minutes.forEach(
        (minute, jobs) -> {
          var start = minute.at.truncatedTo(ChronoUnit.HOURS);
          var key = new Minute(minute.pool, start);
          var before = hours.getOrDefault(key, new Hour(start, 0, 0));
          hours.put(key, before.plus(jobs));
        });
    var byPool = new HashMap<Owner, List<Hour>>();
    hours.forEach(
        (key, hour) -> byPool.computeIfAbsent(key.pool, _ -> new ArrayList<>()).add(hour));
    return byPool;
  }

  private Optional<Owner> pool(Came job) {
    return known.computeIfAbsent(new Asked(job.org(), job.requirements()), this::lookFor);
  }

  private Optional<Owner> lookFor(Asked asked) {
    return PoolChoice.first(pools.getOrDefault(asked.org, List.of()), asked.requirements)
        .map(pool -> new Owner(pool.org(), pool.name()));
  }

  private record Asked(OrgId org, Requirements requirements) {}

  private record Minute(Owner pool, Instant at) {}
}
