package dev.nimbus.testkit.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Attempt;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.placement.Waiting;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.core.storage.Page;
import dev.nimbus.core.storage.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Jobs in memory. */
final class MemoryJobStore implements JobStore {
  private final MemoryState state;

  MemoryJobStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public Admit admit(NewJob job, Instant now) {
    synchronized (state) {
      state.know(job.org());
      var earlier =
          state.jobs(
              other ->
                  other.org().equals(job.org()) && other.origin().onceKey().equals(job.onceKey()));
      if (!earlier.isEmpty()) {
        return seen(earlier.getFirst(), job);
      }
      var admitted = new MemoryJob(state.nextSeq(), job, now);
      var full = state.fullFor(admitted);
      if (full.isPresent()) {
        return new Admit.Full(full.get());
      }
      state.add(admitted);
      return new Admit.Admitted(admitted.job());
    }
  }

  @Override
  public Optional<Job> find(OrgId org, JobId id) {
    synchronized (state) {
      return state.find(org, id).map(MemoryJob::job);
    }
  }

  @Override
  public Page list(OrgId org, JobFilter filter) {
    var before = before(filter.after());
    var labels = Labels.of(filter.labels());
    synchronized (state) {
      var found =
          state
              .jobs(
                  job ->
                      job.org().equals(org)
                          && job.seq() < before
                          && matches(job, filter)
                          && job.requirements().labels().containsAll(labels))
              .reversed();
      var page = found.stream().limit(filter.limit()).toList();
      var more = found.size() > page.size();
      return new Page(
          page.stream().map(MemoryJob::job).toList(),
          more ? Long.toString(page.getLast().seq()) : "");
    }
  }

  @Override
  public List<Attempt> attempts(OrgId org, JobId id) {
    synchronized (state) {
      return state.find(org, id).map(MemoryJob::history).orElse(List.of());
    }
  }

  @Override
  public Cancel cancel(OrgId org, JobId id, String by, Instant now) {
    synchronized (state) {
      return state.find(org, id).map(job -> cancel(job, by, now)).orElseGet(Cancel.Unknown::new);
    }
  }

  @Override
  public boolean giveUp(Job seen, String why, Instant now) {
    synchronized (state) {
      var found =
          state
              .find(seen.org(), seen.id())
              .filter(job -> job.waiting() && job.job().revision() == seen.revision());
      found.ifPresent(job -> job.end(Outcome.dead(why), now));
      return found.isPresent();
    }
  }

  @Override
  public Retry retry(OrgId org, JobId id, Instant now) {
    synchronized (state) {
      return state.find(org, id).map(job -> retry(job, now)).orElseGet(Retry.Unknown::new);
    }
  }

  @Override
  public Optional<Standing> standing(OrgId org, JobId id) {
    synchronized (state) {
      return state.find(org, id).filter(MemoryJob::waiting).map(this::standing);
    }
  }

  @Override
  public List<Waiting> demand(int limit) {
    synchronized (state) {
      var groups =
          state.jobs(MemoryJob::waiting).stream()
              .collect(
                  Collectors.groupingBy(
                      job -> List.of(job.org(), job.kind()),
                      LinkedHashMap::new,
                      Collectors.toList()));
      return groups.values().stream().limit(limit).map(this::waiting).toList();
    }
  }

  @Override
  public Map<String, Long> counts(OrgId org) {
    synchronized (state) {
      var counts = new TreeMap<String, Long>();
      state
          .jobs(job -> job.org().equals(org))
          .forEach(job -> counts.merge(job.state().word(), 1L, Long::sum));
      return counts;
    }
  }

  @Override
  public int forget(Instant endedBefore, int limit) {
    synchronized (state) {
      var old =
          state.jobs(job -> endedAt(job).isBefore(endedBefore)).stream()
              .sorted(Comparator.comparing(MemoryJobStore::endedAt))
              .limit(limit)
              .toList();
      old.forEach(state::remove);
      return old.size();
    }
  }

  private static Admit seen(MemoryJob earlier, NewJob job) {
    return earlier.origin().digest().equals(job.digest())
        ? new Admit.Seen(earlier.job())
        : new Admit.KeyTaken(earlier.id());
  }

  private static boolean matches(MemoryJob job, JobFilter filter) {
    if (!filter.states().isEmpty() && !filter.states().contains(job.state().word())) {
      return false;
    }
    if (filter.metadataKey().isEmpty()) {
      return true;
    }
    var value = job.origin().metadata().values().get(filter.metadataKey());
    return value != null
        && (filter.metadataValue().isEmpty() || filter.metadataValue().equals(value));
  }

  private static Cancel cancel(MemoryJob job, String by, Instant now) {
    return switch (job.state()) {
      case JobState.Waiting _ -> {
        job.end(Outcome.cancelled(by), now);
        yield new Cancel.Cancelled();
      }
      case JobState.Leased _, JobState.Running _ -> {
        job.cancelBy(by);
        yield new Cancel.Asked();
      }
      case JobState.Ended(var outcome, _) -> new Cancel.AlreadyEnded(outcome);
    };
  }

  private Retry retry(MemoryJob job, Instant now) {
    if (!(job.state() instanceof JobState.Ended(var outcome, _))) {
      return new Retry.NotEnded(job.state().word());
    }
    if (outcome.conclusion() == Conclusion.REJECTED) {
      return new Retry.Refused(outcome.reason());
    }
    var full = state.fullFor(job);
    if (full.isPresent()) {
      return new Retry.Full(full.get());
    }
    job.retry(now);
    return new Retry.Queued(job.job());
  }

  private Waiting waiting(List<MemoryJob> alike) {
    var first = alike.getFirst();
    var org = state.standing(first.org()).orElseThrow();
    var running = state.running(first.org(), first.repository());
    return new Waiting(
        first.org(),
        first.repository(),
        first.requirements(),
        alike.size(),
        Math.max(0, org.limits().maxRunning() - org.running()),
        Math.max(0, org.limits().maxRunningPerRepository() - running),
        ((JobState.Waiting) first.state()).since(),
        alike.stream().map(MemoryJob::notBefore).max(Comparator.naturalOrder()).orElseThrow());
  }

  private Standing standing(MemoryJob job) {
    var org = job.org();
    var ahead =
        state.jobs(other -> other.waiting() && other.org().equals(org) && other.seq() < job.seq());
    return new Standing(
        job.requirements(),
        state.standing(org).orElseThrow(),
        ahead.size(),
        state.running(org, job.repository()),
        job.notBefore());
  }

  private static Instant endedAt(MemoryJob job) {
    return job.state() instanceof JobState.Ended(_, var at) ? at : Instant.MAX;
  }

  private static long before(String cursor) {
    try {
      return cursor.isEmpty() ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new NimbusException(
          Kind.INVALID, "Cannot list jobs after '%s': not a cursor".formatted(cursor), e);
    }
  }
}
