package dev.nimbus.testkit.log;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.log.Batch;
import dev.nimbus.core.log.Found;
import dev.nimbus.core.log.Line;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.log.LogQuery.Scope;
import dev.nimbus.core.log.LogStore;
import dev.nimbus.core.log.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A log store that forgets everything when it is dropped. */
public final class MemoryLogStore implements LogStore {
  private final InstantSource time;
  private final Map<Key, JobLog> jobs = new LinkedHashMap<>();
  private long nextNumber = 1;

  public MemoryLogStore(InstantSource time) {
    this.time = time;
  }

  @Override
  public synchronized Appended append(OrgId org, Batch batch) {
    var job = jobs.computeIfAbsent(new Key(org, batch.job()), _ -> new JobLog(nextNumber++));
    var kept = job.newest.getOrDefault(batch.attempt(), new Kept(0, time.instant()));
    var fresh = batch.lines().stream().filter(line -> line.sequence() > kept.sequence()).toList();
    for (var line : fresh) {
      job.add(line, time.instant());
    }
    var last = fresh.isEmpty() ? kept.sequence() : fresh.getLast().sequence();
    return new Appended(
        new Position(batch.attempt(), last),
        fresh.size(),
        batch.lines().size() - fresh.size(),
        last - kept.sequence() - fresh.size());
  }

  @Override
  public synchronized Found read(OrgId org, LogQuery query) {
    var found = new ArrayList<Line>();
    for (var part : parts(org, query.scope())) {
      for (var line : part.lines().stream().filter(query::matches).toList()) {
        found.add(line);
        if (found.size() == query.limit()) {
          var rest = part.after(line, query.scope());
          return new Found(found, new Found.Rest.More(rest, Found.Bound.ANSWER));
        }
      }
    }
    return new Found(found, new Found.Rest.Nothing());
  }

  @Override
  public synchronized Position last(OrgId org, JobId job) {
    var newest = log(org, job).newest.lastEntry();
    return newest == null
        ? Position.START
        : new Position(newest.getKey(), newest.getValue().sequence());
  }

  @Override
  public synchronized long expire(Instant before) {
    var dropped = 0L;
    for (var log : jobs.values()) {
      var held = log.lines.size();
      log.lines.values().removeIf(stored -> stored.at().isBefore(before));
      log.newest.values().removeIf(kept -> kept.at().isBefore(before));
      dropped += held - log.lines.size();
    }
    jobs.values().removeIf(log -> log.newest.isEmpty());
    return dropped;
  }

  @Override
  public Tidied tidy() {
    return new Tidied(0, 0);
  }

  @Override
  public synchronized Stats stats() {
    var lines = jobs.values().stream().flatMap(log -> log.lines.values().stream()).toList();
    var bytes = lines.stream().mapToLong(stored -> stored.line().text().length()).sum();
    return new Stats(jobs.size(), lines.size(), bytes);
  }

  @Override
  public void close() {}

  private JobLog log(OrgId org, JobId job) {
    return jobs.getOrDefault(new Key(org, job), new JobLog(0));
  }

  private List<Part> parts(OrgId org, Scope scope) {
    return switch (scope) {
      case Scope.OneJob(var job, var after) -> List.of(log(org, job).part(after));
      case Scope.Everything(var after) -> everything(org, after);
    };
  }

  private List<Part> everything(OrgId org, String after) {
    var cursor = after.isEmpty() ? new Cursor(Long.MAX_VALUE, Position.START) : Cursor.parse(after);
    return jobs.entrySet().stream()
        .filter(entry -> entry.getKey().org().equals(org))
        .map(Map.Entry::getValue)
        .filter(log -> log.number <= cursor.job())
        .sorted((a, b) -> Long.compare(b.number, a.number))
        .map(log -> log.part(log.number == cursor.job() ? cursor.after() : Position.START))
        .toList();
  }

  private record Key(OrgId org, JobId job) {}

  private record Stored(Line line, Instant at) {}

  private record Kept(long sequence, Instant at) {}

  private record Part(long number, List<Line> lines) {
    Scope after(Line line, Scope scope) {
      return switch (scope) {
        case Scope.OneJob(var job, _) -> new Scope.OneJob(job, line.position());
        case Scope.Everything _ -> new Scope.Everything(number + ":" + line.position());
      };
    }
  }

  private record Cursor(long job, Position after) {
    static Cursor parse(String text) {
      try {
        var colon = text.indexOf(':');
        var job = Long.parseLong(text.substring(0, Math.max(colon, 0)));
        return new Cursor(job, Position.parse(text.substring(colon + 1)));
      } catch (IllegalArgumentException e) {
        throw new NimbusException(Kind.INVALID, "Cannot go on after '" + text + "'", e);
      }
    }
  }

  private static final class JobLog {
    final long number;
    final TreeMap<Position, Stored> lines = new TreeMap<>();
    final TreeMap<Fence, Kept> newest = new TreeMap<>();

    JobLog(long number) {
      this.number = number;
    }

    void add(Line line, Instant now) {
      lines.put(line.position(), new Stored(line, now));
      newest.put(line.attempt(), new Kept(line.sequence(), now));
    }

    Part part(Position after) {
      return new Part(
          number, lines.tailMap(after, false).values().stream().map(Stored::line).toList());
    }
  }
}
