package dev.nimbus.testkit.storage;

import dev.nimbus.core.forecast.Came;
import dev.nimbus.core.forecast.Hour;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.storage.ArrivalStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hours in memory. */
final class MemoryArrivalStore implements ArrivalStore {
  private final MemoryState state;
  private final Map<Owner, TreeMap<Instant, Hour>> hours = new HashMap<>();
  private long counted;

  MemoryArrivalStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public Uncounted uncounted(Instant before, int limit) {
    synchronized (state) {
      var next = state.jobs(job -> job.seq() > counted).stream().limit(limit).toList();
      var early = next.stream().takeWhile(job -> job.submittedAt().isBefore(before)).toList();
      var all = early.size() < next.size() || next.size() < limit;
      var told = all ? early : wholeMinutes(early);
      return new Uncounted(
          counted,
          told.isEmpty() ? counted : told.getLast().seq(),
          told.stream().filter(MemoryJob::admitted).map(MemoryArrivalStore::came).toList(),
          all);
    }
  }

  @Override
  public boolean count(Map<Owner, List<Hour>> more, Uncounted told) {
    synchronized (state) {
      if (told.after() != counted) {
        return false;
      }
      counted = told.until();
      more.forEach((pool, all) -> all.forEach(hour -> add(pool, hour)));
      return true;
    }
  }

  @Override
  public List<Hour> hours(Owner pool, Instant from) {
    synchronized (state) {
      return List.copyOf(hours.getOrDefault(pool, new TreeMap<>()).tailMap(from).values());
    }
  }

  @Override
  public int forget(Instant before) {
    synchronized (state) {
      var forgotten = 0;
      for (var known : hours.values()) {
        var old = known.headMap(before);
        forgotten += old.size();
        old.clear();
      }
      return forgotten;
    }
  }

  private void add(Owner pool, Hour hour) {
    hours
        .computeIfAbsent(pool, _ -> new TreeMap<>())
        .merge(hour.start(), hour, MemoryArrivalStore::sum);
  }

  private static Hour sum(Hour one, Hour other) {
    return new Hour(one.start(), one.jobs() + other.jobs(), one.squares() + other.squares());
  }

  private static List<MemoryJob> wholeMinutes(List<MemoryJob> jobs) {
    var last = minute(jobs.getLast());
    var whole = jobs.stream().takeWhile(job -> !minute(job).equals(last)).toList();
    return whole.isEmpty() ? jobs : whole;
  }

  private static Instant minute(MemoryJob job) {
    return job.submittedAt().truncatedTo(ChronoUnit.MINUTES);
  }

  private static Came came(MemoryJob job) {
    return new Came(job.org(), job.requirements(), job.submittedAt());
  }
}
