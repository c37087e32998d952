package dev.nimbus.testkit.storage;

import dev.nimbus.core.forge.Again;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.storage.ForgeStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What forges said, in memory. */
final class MemoryForgeStore implements ForgeStore {
  private final MemoryState state;
  private final MemoryForges forges;

  MemoryForgeStore(MemoryState state) {
    this.state = state;
    this.forges = state.forges();
  }

  @Override
  public Queued queued(
      Source source, ForgeJob job, NewJob serving, Admission admission, Instant now) {
    var own = source.own(serving);
    synchronized (state) {
      var known = forges.find(source, job.key());
      if (known.isEmpty()) {
        var row = new MemoryForgeJob(source, job.key(), source.deliveryId(), now);
        return serve(row, job, own, admission, now);
      }
      if (known.get().announcedBy(source) || !forges.isNew(source, now)) {
        return new Queued.Replayed();
      }
      var queued = again(known.get(), source, job, own, admission, now);
      if (queued instanceof Queued.Full) {
        forges.unsee(source);
      }
      return queued;
    }
  }

  @Override
  public Moved started(Source source, ForgeJobKey key, String runner, Instant now) {
    return move(source, key, new MemoryMove(state, source, Stage.STARTED, runner, "", now));
  }

  @Override
  public Moved finished(
      Source source, ForgeJobKey key, String runner, String conclusion, Instant now) {
    var move = new MemoryMove(state, source, Stage.FINISHED, runner, conclusion, now);
    return move(source, key, move);
  }

  @Override
  public boolean noted(Source source, Instant now) {
    synchronized (state) {
      return forges.isNew(source, now);
    }
  }

  @Override
  public Optional<Served> servedBy(OrgId org, JobId id) {
    synchronized (state) {
      return state
          .find(org, id)
          .flatMap(job -> forges.servedBy(job).map(served -> served.served(job)));
    }
  }

  @Override
  public List<Served> servedBy(OrgId org, List<JobId> jobs) {
    return jobs.stream().distinct().flatMap(id -> servedBy(org, id).stream()).toList();
  }

  @Override
  public List<Served> open(OrgId org, ConnectionId connection, Place after, int limit) {
    synchronized (state) {
      return forges
          .jobs(
              job ->
                  job.isOf(org, connection)
                      && job.announced()
                      && job.stage() != Stage.FINISHED
                      && MemoryForges.ORDER.compare(Place.of(job.job()), after) > 0)
          .stream()
          .flatMap(job -> job.serving().map(job::served).stream())
          .limit(limit)
          .toList();
    }
  }

  @Override
  public List<ForgeJob> unserved(OrgId org, ConnectionId connection, int limit) {
    synchronized (state) {
      return forges
          .jobs(
              job ->
                  job.isOf(org, connection)
                      && job.announced()
                      && job.stage() == Stage.QUEUED
                      && job.serving().isEmpty())
          .stream()
          .map(MemoryForgeJob::job)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public List<JobId> overdue(OrgId org, ConnectionId connection, Instant before, int limit) {
    synchronized (state) {
      return forges.jobs(job -> job.isOf(org, connection) && job.stage() == Stage.QUEUED).stream()
          .flatMap(job -> job.serving().stream())
          .filter(
              ours -> ours.state() instanceof JobState.Waiting(var since) && since.isBefore(before))
          .map(MemoryJob::id)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public List<Untold> untold(OrgId org, ConnectionId connection, int limit) {
    synchronized (state) {
      return forges
          .jobs(job -> job.isOf(org, connection) && job.announced() && job.stage() == Stage.QUEUED)
          .stream()
          .flatMap(job -> job.untold().stream())
          .limit(limit)
          .toList();
    }
  }

  @Override
  public void told(OrgId org, ConnectionId connection, Untold what) {
    synchronized (state) {
      forges
          .jobs(job -> job.isOf(org, connection) && job.key().equals(what.job().key()))
          .forEach(job -> job.told(what));
    }
  }

  @Override
  public void registering(
      OrgId org, ConnectionId connection, SandboxId sandbox, Repository repository, Instant now) {
    synchronized (state) {
      forges.register(new MemoryForges.Runner(org, connection, sandbox, repository, now));
    }
  }

  @Override
  public void retired(OrgId org, ConnectionId connection, RunnerName runner) {
    synchronized (state) {
      forges
          .runners()
          .removeIf(known -> known.isOf(org, connection) && known.name().equals(runner));
    }
  }

  @Override
  public List<LeftOver> leftOver(OrgId org, ConnectionId connection, String after, int limit) {
    synchronized (state) {
      return forges.runners().stream()
          .filter(known -> known.isOf(org, connection) && !held(org, known.sandbox()))
          .filter(known -> known.name().value().compareTo(after) > 0)
          .sorted(Comparator.comparing(known -> known.name().value()))
          .limit(limit)
          .map(known -> new LeftOver(known.name(), known.repository()))
          .toList();
    }
  }

  @Override
  public int forgetDeliveries(Instant before, int limit) {
    synchronized (state) {
      return forges.forgetBefore(before, limit);
    }
  }

  private Queued again(
      MemoryForgeJob was,
      Source source,
      ForgeJob job,
      NewJob serving,
      Admission admission,
      Instant now) {
    if (!was.announced()) {
      was.announce(job);
      return known(was);
    }
    return switch (meaning(was, source, admission)) {
      case KNOWN -> known(was);
      case ANOTHER -> serve(was, job, serving, admission, now);
      case REJECT -> reject(was, admission, now);
    };
  }

  private static Again meaning(MemoryForgeJob was, Source source, Admission admission) {
    if (was.stage() != Stage.QUEUED) {
      return Again.KNOWN;
    }
    if (was.serving().isEmpty()) {
      return Again.ANOTHER;
    }
    var more = was.servings() < MOST_SERVINGS;
    return source.asked() ? Again.of(was.serving().get().state(), admission, more) : Again.KNOWN;
  }

  private Queued serve(
      MemoryForgeJob row, ForgeJob job, NewJob serving, Admission admission, Instant now) {
    state.know(serving.org());
    return switch (admission) {
      case Admission.Admitted _ -> {
        var admitted = new MemoryJob(state.nextSeq(), serving, now);
        var full = state.fullFor(admitted);
        if (full.isPresent()) {
          yield new Queued.Full(full.get());
        }
        add(row, job, admitted, "", now);
        yield new Queued.Admitted(admitted.job());
      }
      case Admission.Denied(var by, _) -> {
        var refused = MemoryJob.refused(state.nextSeq(), serving, rejected(by), now);
        add(row, job, refused, by.rule(), now);
        yield new Queued.Rejected(refused.job(), by);
      }
    };
  }

  private void add(MemoryForgeJob row, ForgeJob job, MemoryJob ours, String rule, Instant now) {
    state.add(ours);
    forges.add(row);
    row.announce(job);
    row.serveBy(ours, rule, now);
  }

  private static Queued reject(MemoryForgeJob row, Admission admission, Instant now) {
    if (!(admission instanceof Admission.Denied(var by, _))) {
      throw new IllegalStateException("Nothing to reject of " + row.key() + ": " + admission);
    }
    var ours = row.serving().orElseThrow();
    ours.end(rejected(by), now);
    row.refuse(by.rule(), now);
    return new Queued.Rejected(ours.job(), by);
  }

  private Moved move(Source source, ForgeJobKey key, MemoryMove move) {
    synchronized (state) {
      if (!forges.isNew(source, move.now())) {
        return new Moved.Replayed();
      }
      var known = forges.find(source, key);
      if (known.isEmpty()) {
        state.know(source.org());
        var row = new MemoryForgeJob(source, key, "", move.now());
        forges.add(row);
        move.apply(row);
        return new Moved.Unheard();
      }
      return known.get().stage().compareTo(move.to()) < 0
          ? move.apply(known.get())
          : new Moved.Known();
    }
  }

  private boolean held(OrgId org, SandboxId sandbox) {
    return state
        .find(org, sandbox.job())
        .filter(job -> job.held() && job.fence().equals(sandbox.fence()))
        .isPresent();
  }

  private static Queued known(MemoryForgeJob row) {
    return new Queued.Known(row.serving().map(MemoryJob::id));
  }

  private static Outcome rejected(Admission.Denial by) {
    return Outcome.rejected(by.rule() + ": " + by.why());
  }
}
