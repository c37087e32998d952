package dev.nimbus.hostagent.run;

import dev.nimbus.api.lease.LeaseReply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.hostagent.ship.Pace;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the host, then always has one question for work on its way. A question that offers
 * nothing is cut short when there is room again; one that offers something never is, since its
 * answer may be a lease. Thread-safe.
 */
public final class Polling implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Polling.class);

  /** While nothing runs, nothing can become free, and one question may wait long. */
  private static final Duration IDLE_WAIT = Duration.ofSeconds(20);

  /** While something runs, what is offered may soon be less than there is. */
  private static final Duration BUSY_WAIT = Duration.ofSeconds(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final int MAX_DOUBLINGS = 6;

  private final Jobs jobs;
  private final ControlPlaneLink link;
  private final Pace pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private boolean interruptible;
  private boolean closed;
  private int failures;
  private volatile boolean registered;

  public Polling(Jobs jobs) {
    this.jobs = jobs;
    this.link = jobs.means().link();
    this.pace = jobs.means().pace();
    this.thread = Thread.ofVirtual().name("poll").unstarted(this::turns);
  }

  /** Begins, once. */
  public void start() {
    jobs.whenFreed(this::nudge);
    thread.start();
  }

  /** Whether the control plane knows this host and answered last. */
  public boolean connected() {
    return registered;
  }

  /** Waits until the control plane knows this host; false when the time is up first. */
  public boolean awaitConnected(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var until = pace.now().plus(atMost);
      while (!registered && !closed && pace.now().compareTo(until) < 0) {
        pace.await(lock, changed, until);
      }
      return registered;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more work. A lease that is just being granted runs out by itself. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      thread.interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void nudge() {
    lock.lock();
    try {
      if (interruptible) {
        interruptible = false;
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void turns() {
    try {
      while (!closed()) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() throws InterruptedException {
    try {
      if (!registered) {
        register();
      }
      ask().ifPresent(this::take);
      failures = 0;
    } catch (NimbusException e) {
      failed(e);
    }
  }

  private void register() {
    var reply = link.register(Wire.register(jobs.host(), jobs.leased()));
    jobs.drop(reply.drop().stream().map(SandboxId::parse).toList());
    LOG.atInfo()
        .addKeyValue("host", jobs.host().id())
        .addKeyValue("org", reply.org())
        .addKeyValue("slots", jobs.host().slots())
        .log("Registered");
    connected(true);
  }

  private Optional<LeaseReply> ask() throws InterruptedException {
    var room = jobs.room();
    var idle = room.slots() == 0 || jobs.running() == 0;
    var request = Wire.ask(jobs.host(), room, idle ? IDLE_WAIT : BUSY_WAIT);
    if (outdated(room)) {
      return Optional.empty();
    }
    try {
      return Optional.of(link.poll(request));
    } catch (InterruptedException e) {
      if (closed()) {
        throw e;
      }
      return Optional.empty();
    } finally {
      answered();
    }
  }

  /** Whether there is room that the question does not offer; if not, more room cuts it short. */
  private boolean outdated(Room offered) {
    lock.lock();
    try {
      var nothing = offered.slots() == 0;
      interruptible = nothing && jobs.room().slots() == 0;
      return nothing && !interruptible;
    } finally {
      lock.unlock();
    }
  }

  /** A nudge that came too late to cut anything short must not cut what comes next. */
  private void answered() {
    lock.lock();
    try {
      interruptible = false;
      if (!closed) {
        var _ = Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  private void take(LeaseReply reply) {
    reply.cancel().forEach(job -> jobs.cancel(new JobId(job)));
    for (var grant : reply.leases()) {
      try {
        jobs.granted(grant);
      } catch (IllegalArgumentException e) {
        LOG.atError().addKeyValue("job", grant.job()).setCause(e).log("Not a grant");
      }
    }
  }

  private void failed(NimbusException e) throws InterruptedException {
    if (failures == 0) {
      LOG.atWarn().setCause(e).log("Cannot ask the control plane for work, trying on");
    }
    if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.UNAVAILABLE) {
      connected(false);
    }
    failures++;
    pause(FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS)));
  }

  private void pause(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var until = pace.now().plus(time);
      while (!closed && pace.now().compareTo(until) < 0) {
        pace.await(lock, changed, until);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void connected(boolean now) {
    lock.lock();
    try {
      registered = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
