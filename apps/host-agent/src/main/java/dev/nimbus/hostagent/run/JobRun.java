package dev.nimbus.hostagent.run;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Executor.Sandbox;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.lease.Action;
import dev.nimbus.hostagent.lease.Event;
import dev.nimbus.hostagent.lease.Intent;
import dev.nimbus.hostagent.lease.LeaseKeeping;
import dev.nimbus.hostagent.lease.Report;
import dev.nimbus.hostagent.lease.Stage;
import dev.nimbus.hostagent.lease.Step;
import dev.nimbus.hostagent.runner.Opening;
import dev.nimbus.hostagent.ship.Console;
import dev.nimbus.hostagent.sweep.HeldJob;
import dev.nimbus.hostagent.sweep.JobFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job from its lease to the end of its log. All decisions are {@link LeaseKeeping}'s; this
 * carries them out, each wait on a virtual thread of its own, and keeps the state on disk before it
 * acts on it. Thread-safe.
 */
final class JobRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  private final HeldJob job;
  private final Jobs jobs;
  private final Means means;
  private final JobFolder folder;
  private final JobLog log;
  private final SandboxStart start;
  private final Messages messages;
  private final Threads threads;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile LeaseKeeping keeping;
  private @Nullable Sandbox sandbox;
  private volatile boolean startUnderWay;
  private boolean cleanOnceStarted;
  private boolean released;
  private boolean cleaned;
  private boolean closed;

  JobRun(HeldJob job, LeaseKeeping keeping, Jobs jobs, String token) {
    this.job = job;
    this.keeping = keeping;
    this.jobs = jobs;
    this.means = jobs.means();
    this.folder = means.folders().folder(job.id());
    this.log = new JobLog(job, folder.path(), means, jobs.host().greeting(), token);
    this.start = new SandboxStart(job, jobs, log);
    this.messages = new Messages(job.id(), jobs.host(), means, log);
    this.threads = new Threads(job.id().name());
  }

  SandboxId id() {
    return job.id();
  }

  Size size() {
    return job.size();
  }

  Stage stage() {
    return keeping.stage();
  }

  /** Whether it takes its place on this host: also by a start given up on that is not back yet. */
  boolean takesPlace() {
    return stage().alive() || startUnderWay;
  }

  /** Whether its start was given up on and is not back yet. */
  boolean startHangs() {
    return startUnderWay && !stage().alive();
  }

  Duration wakeAt() {
    return keeping.wakeAt();
  }

  long backlogBytes() {
    return log.backlogBytes();
  }

  /** Begins a job that was just granted. One whose state cannot be kept is not begun. */
  void begin(Opening opening) {
    try {
      folder.save(job, keeping, means.clocks());
      startUnderWay = true;
      threads.start("run", () -> run(opening));
    } catch (IOException | NimbusException e) {
      LOG.atError().addKeyValue("job", job.id()).setCause(e).log("Cannot keep a job");
      notStarted("Cannot keep its state on host " + jobs.host().id() + ": " + e.getMessage());
    }
  }

  /** Says that the job cannot run here. */
  void notStarted(String why) {
    jobs.startFailed();
    on(new Event.StartFailed(why, true));
  }

  /** Goes on with a job of an earlier life. */
  void resume() {
    var found = means.executor().adopt(job.id());
    lock.lock();
    try {
      found.ifPresent(box -> sandbox = box);
      openLog(found.map(start::console).orElse(Console.EMPTY));
      take(k -> k.resumed(found.isPresent(), means.pace().now()));
    } finally {
      lock.unlock();
    }
    if (found.isPresent() && stage().alive()) {
      threads.start("run", () -> await(found.get()));
    }
  }

  void on(Event event) {
    take(k -> k.on(event, means.pace().now()));
  }

  /** Gives up what of the log is not stored yet. */
  void dropLog() {
    LOG.atWarn().addKeyValue("job", job.id()).log("Log of ended job dropped, the spool is full");
    means.metrics().logDropped();
    log.close();
    cleanUp();
  }

  /** Stops caring; sandbox and state stay for a later life. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    log.close();
    threads.close();
  }

  private interface Decision {
    Step of(LeaseKeeping keeping);
  }

  private void take(Decision decision) {
    var wasAlive = false;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      wasAlive = stage().alive();
      var before = keeping;
      var step = decision.of(before);
      keeping = step.next();
      keep(before);
      step.actions().forEach(this::carryOut);
    } finally {
      lock.unlock();
    }
    if (wasAlive && !stage().alive()) {
      jobs.freed();
    }
  }

  /** Only a crash before the next change would miss what could not be written. */
  private void keep(LeaseKeeping before) {
    var changed =
        !before.stage().equals(keeping.stage())
            || before.grip().told() != keeping.grip().told()
            || !before.grip().deadline().equals(keeping.grip().deadline());
    if (changed) {
      try {
        folder.save(job, keeping, means.clocks());
      } catch (IOException | NimbusException e) {
        LOG.atError().addKeyValue("job", job.id()).setCause(e).log("Cannot keep a job's state");
      }
    }
  }

  private void carryOut(Action action) {
    switch (action) {
      case Action.StartSandbox() -> {} // Done by begin, which knows what to start.
      case Action.AbandonStart() -> abandonStart();
      case Action.SendRenew ask -> threads.start("renew", () -> on(messages.renew(ask)));
      case Action.Stop(var grace, var why) -> stop(grace, why);
      case Action.Drain(var report) -> drain(report);
      case Action.SendFinish(var report) ->
          threads.start("finish", () -> on(messages.finish(report, used())));
      case Action.Release() -> release();
      case Action.Discard() -> cleanUp();
    }
  }

  private void run(Opening opening) throws InterruptedException {
    Optional<Sandbox> box;
    try {
      box = start.start(opening, this::wanted, this::on);
    } catch (RuntimeException e) { // Whatever broke, the job must be given back.
      LOG.atWarn().addKeyValue("job", job.id()).setCause(e).log("Cannot start a job");
      notStarted("Cannot start on host " + jobs.host().id() + ": " + e.getMessage());
      box = Optional.empty();
    }
    if (box.isEmpty()) {
      startIsBack();
    } else if (up(box.get())) {
      jobs.startWorked();
      startIsBack();
      await(box.get());
    } else {
      cameTooLate(box.get());
    }
  }

  private boolean wanted() {
    return stage() instanceof Stage.Starting(var intent, _) && intent == Intent.RUN;
  }

  /** Takes charge of a sandbox, unless its start was given up on meanwhile. */
  private boolean up(Sandbox box) {
    lock.lock();
    try {
      if (!(stage() instanceof Stage.Starting)) {
        return false;
      }
      sandbox = box;
      on(new Event.Started());
      openLog(box::console);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void cameTooLate(Sandbox box) {
    LOG.atWarn().addKeyValue("job", job.id()).log("A start given up on is back, destroying it");
    try {
      box.close();
    } finally {
      startIsBack();
    }
  }

  /** Nothing more will come of the start. */
  private void startIsBack() {
    lock.lock();
    try {
      startUnderWay = false;
      if (cleanOnceStarted) {
        cleanUp();
      }
    } finally {
      lock.unlock();
    }
    if (!stage().alive()) {
      jobs.freed();
    }
  }

  /** Ending what there is of the sandbox also ends most starts that hang. */
  private void abandonStart() {
    LOG.atError().addKeyValue("job", job.id()).log("A start hangs and is given up");
    jobs.startFailed();
    threads.start("abandon", () -> means.executor().adopt(job.id()).ifPresent(Sandbox::close));
  }

  private void openLog(Console console) {
    if (!closed && !lost()) {
      log.open(console, this::logDone);
    }
  }

  private void await(Sandbox box) throws InterruptedException {
    var exit = box.await();
    LOG.atInfo().addKeyValue("job", job.id()).addKeyValue("exit", exit).log("Sandbox ended");
    on(new Event.Exited(exit));
  }

  private void stop(Duration grace, Intent why) {
    LOG.atInfo().addKeyValue("job", job.id()).addKeyValue("why", why).log("Stopping a job");
    means.metrics().stopped(why, grace.isZero());
    var box = sandbox;
    if (box != null) {
      box.stop(grace);
    }
    if (why == Intent.LOST) {
      threads.start(
          "kill",
          () -> {
            log.close();
            closeSandbox();
          });
    }
  }

  private void drain(Report report) {
    if (!log.opened()) {
      openLog(Console.EMPTY);
    }
    log.end(report);
    threads.start(
        "drain",
        () -> {
          log.drain(jobs.limits().drain());
          on(new Event.Drained());
        });
  }

  private void release() {
    released = true;
    if (log.done()) {
      cleanUp();
    } else {
      threads.start("spool", () -> jobs.spool(this));
    }
  }

  private void logDone() {
    lock.lock();
    try {
      if (released) {
        cleanUp();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean lost() {
    return switch (stage()) {
      case Stage.Discarded() -> true;
      case Stage.Starting(var intent, _) -> intent == Intent.LOST;
      case Stage.Running(_, var intent, _) -> intent == Intent.LOST;
      case Stage.Ended _, Stage.Reporting _, Stage.Released _ -> false;
    };
  }

  private void cleanUp() {
    lock.lock();
    try {
      cleanOnceStarted = startUnderWay;
      if (!cleaned && !closed && !startUnderWay) {
        cleaned = true;
        threads.start("clean", this::remove);
      }
    } finally {
      lock.unlock();
    }
  }

  private void remove() {
    log.close();
    closeSandbox();
    try {
      means.runners().secrets().forget(job.id());
      folder.delete();
    } catch (IOException | NimbusException e) {
      LOG.atWarn().addKeyValue("job", job.id()).setCause(e).log("Cannot forget a job");
    }
    jobs.forget(this);
  }

  private Usage used() {
    return Optional.ofNullable(sandbox).map(Sandbox::usage).orElse(Usage.UNKNOWN);
  }

  private void closeSandbox() {
    Optional.ofNullable(sandbox).ifPresent(Sandbox::close);
  }
}
