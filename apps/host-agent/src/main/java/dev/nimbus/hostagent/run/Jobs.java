package dev.nimbus.hostagent.run;

import dev.nimbus.api.lease.Grant;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.Work;
import dev.nimbus.hostagent.lease.Event;
import dev.nimbus.hostagent.lease.LeaseKeeping;
import dev.nimbus.hostagent.lease.Rules;
import dev.nimbus.hostagent.runner.Opening;
import dev.nimbus.hostagent.runner.RunnerJob;
import dev.nimbus.hostagent.runner.RunnerStart;
import dev.nimbus.hostagent.ship.Pace;
import dev.nimbus.hostagent.sweep.HeldJob;
import dev.nimbus.hostagent.sweep.JobFolders.Left;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every job this host has to do with. Thread-safe. */
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private final HostFacts host;
  private final Limits limits;
  private final Means means;
  private final Spool spool;
  private final Cooling cooling;
  private final Map<SandboxId, JobRun> held = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean full;
  private volatile boolean served;
  private volatile Runnable whenFreed = () -> {};

  public Jobs(HostFacts host, Limits limits, Means means) {
    this.host = host;
    this.limits = limits;
    this.means = means;
    this.spool = new Spool(limits.spoolBytes());
    this.cooling = new Cooling(means.pace());
    means.metrics().watch(this);
  }

  /** Goes on with what an earlier life left; sweeps away everything else. */
  public void resume() {
    var left = means.folders().left(means.rules(), means.clocks());
    var swept = means.executor().sweep(left.stream().map(one -> one.job().id()).toList());
    swept.forEach(line -> LOG.atInfo().addKeyValue("what", line).log("Swept"));
    means.runners().secrets().sweep(left.stream().map(one -> one.job().id()).toList());
    left.forEach(this::resume);
  }

  /** Runs what was granted, if it can. A job that is held already is left as it is. */
  void granted(Grant grant) {
    var job = Wire.held(grant, means.time().instant());
    var step = LeaseKeeping.granted(job.holding(), rules(job), means.pace().now());
    var run = new JobRun(job, step.next(), this, grant.jobToken());
    var entry = enter(run);
    if (entry == Entry.KNOWN) {
      return;
    }
    supersede(job.id());
    LOG.atInfo().addKeyValue("job", job.id()).log("Job granted");
    if (entry == Entry.FITS) {
      begin(run, grant);
    } else {
      run.on(new Event.StartFailed("Host " + host.id() + " has no room for it any more", false));
    }
  }

  /** Having a runner registered is part of its start. */
  private Rules rules(HeldJob job) {
    var rules = means.rules();
    return job.runner()
        ? rules.startingWithin(rules.startWithin().plus(RunnerStart.LONGEST))
        : rules;
  }

  private enum Entry {
    KNOWN,
    FITS,
    TOO_MUCH
  }

  /** Looks for room and takes it in one step. */
  private Entry enter(JobRun run) {
    lock.lock();
    try {
      var fits = room().fits(run.size()) && !full;
      if (held.putIfAbsent(run.id(), run) != null) {
        return Entry.KNOWN;
      }
      served = true;
      return fits ? Entry.FITS : Entry.TOO_MUCH;
    } finally {
      lock.unlock();
    }
  }

  /** From now on every grant is given back. */
  void takeNoMore() {
    full = true;
  }

  void cancel(JobId job) {
    held.values().stream()
        .filter(run -> run.id().job().equals(job))
        .forEach(run -> run.on(new Event.CancelAsked()));
  }

  /** These are no longer ours. */
  void drop(Collection<SandboxId> lost) {
    held.values().stream()
        .filter(run -> lost.contains(run.id()))
        .forEach(run -> run.on(new Event.Lost("the control plane says so")));
  }

  /** Gives every job whose time has come its tick. */
  public void tick() {
    var now = means.pace().now();
    for (var run : held.values()) {
      if (now.compareTo(run.wakeAt()) >= 0) {
        tick(run);
      }
    }
    if (cooling.justOver()) {
      whenFreed.run();
    }
  }

  private static void tick(JobRun run) {
    try {
      run.on(new Event.Tick());
    } catch (RuntimeException e) { // One job's fault must not cost the others their deadline.
      LOG.atError().addKeyValue("job", run.id()).setCause(e).log("Cannot look after a job");
    }
  }

  /** What this host can take now; nothing for a while after jobs could not be started. */
  Room room() {
    return cooling.cold()
        ? Room.NONE
        : Room.left(
            host, held.values().stream().filter(JobRun::takesPlace).map(JobRun::size).toList());
  }

  /** Those whose lease is not over. */
  List<SandboxId> leased() {
    return held.values().stream().filter(run -> !run.stage().over()).map(JobRun::id).toList();
  }

  /** Stops them all and gives them back. */
  public void stopAll() {
    held.values().forEach(run -> run.on(new Event.StopAsked()));
  }

  /** Waits until no lease is left; false when the time is up first. */
  public boolean awaitNoLease(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var until = means.pace().now().plus(atMost);
      while (!leased().isEmpty()) {
        if (means.pace().now().compareTo(until) >= 0) {
          return false;
        }
        means.pace().await(lock, changed, until);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** No first job is waited for any more. */
  public void serveNoMore() {
    lock.lock();
    try {
      full = true;
      served = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until this life's first job came and no lease is left. */
  public void awaitServed() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!served || !leased().isEmpty()) {
        means.pace().await(lock, changed, Pace.NEVER);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything jobs wrote was taken; false when the time is up first. */
  public boolean awaitShipped(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var until = means.pace().now().plus(atMost);
      while (!held.isEmpty() && means.pace().now().compareTo(until) < 0) {
        means.pace().await(lock, changed, until);
      }
      return held.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  public int running() {
    return (int) held.values().stream().filter(run -> run.stage().alive()).count();
  }

  /** Starts given up on that are not back yet. */
  public int hungStarts() {
    return (int) held.values().stream().filter(JobRun::startHangs).count();
  }

  public int count() {
    return held.size();
  }

  public long spoolBytes() {
    return spool.bytes();
  }

  /** Lets go of every job; the running ones run on, for a later life to find. */
  @Override
  public void close() {
    held.values().forEach(JobRun::close);
  }

  void whenFreed(Runnable nudge) {
    whenFreed = nudge;
  }

  HostFacts host() {
    return host;
  }

  Limits limits() {
    return limits;
  }

  Means means() {
    return means;
  }

  void freed() {
    whenFreed.run();
    signal();
  }

  void startFailed() {
    cooling.failed();
  }

  void startWorked() {
    cooling.worked();
  }

  void spool(JobRun run) {
    spool.add(run, run.backlogBytes()).forEach(JobRun::dropLog);
    if (!held.containsKey(run.id())) {
      spool.remove(run);
    }
    signal();
  }

  void forget(JobRun run) {
    spool.remove(run);
    held.remove(run.id(), run);
    signal();
  }

  private void begin(JobRun run, Grant grant) {
    try {
      run.begin(opening(run, Wire.spec(grant, host)));
    } catch (IllegalArgumentException e) {
      run.notStarted("Not a job this host can read: " + e.getMessage());
    }
  }

  private Opening opening(JobRun run, JobSpec spec) {
    return switch (spec.work()) {
      case Work.Command _ -> Opening.of(spec);
      case Work.Runner(var forge) ->
          new RunnerStart(
              new RunnerJob(run.id(), forge, spec, () -> means.link().runner(run.id())),
              means.runners(),
              means.pace());
    };
  }

  private void resume(Left left) {
    var run = new JobRun(left.job(), left.keeping(), this, "");
    held.put(run.id(), run);
    served = true;
    LOG.atInfo().addKeyValue("job", run.id()).log("Job of an earlier life");
    run.resume();
  }

  /** Whoever holds a newer lease of a job does not hold the older. */
  private void supersede(SandboxId newer) {
    held.values().stream()
        .filter(run -> run.id().job().equals(newer.job()))
        .filter(run -> run.id().fence().compareTo(newer.fence()) < 0)
        .forEach(run -> run.on(new Event.Lost("granted anew under fence " + newer.fence())));
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
