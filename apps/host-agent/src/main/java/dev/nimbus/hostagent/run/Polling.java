package dev.nimbus.hostagent.run;

import dev.nimbus.api.lease.LeaseReply;
import dev.nimbus.api.lease.LeaseRequest;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.hostagent.ship.Pace;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the host, then always has one question for work on its way. When there is more room
 * than that question offers, a newer one is asked, and the control plane answers the older at once;
 * what both were granted together is checked again before it runs. Thread-safe.
 */
public final class Polling implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Polling.class);
  private static final Duration WAIT = Duration.ofSeconds(20);

  /** Between two questions, when the first gave no work. */
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private static final Duration LAST_ANSWER = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 6;
  private static final long NONE = 0;

  private final Jobs jobs;
  private final ControlPlaneLink link;
  private final Pace pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Threads threads = new Threads("control-plane");
  private long asked = NONE;
  private long current = NONE;
  private int open;
  private int failures;
  private Duration notBefore = Duration.ZERO;
  private boolean moreRoom;
  private boolean news;
  private HostFacts host;
  private boolean connected;
  private boolean closed;

  public Polling(Jobs jobs) {
    this.jobs = jobs;
    this.link = jobs.means().link();
    this.pace = jobs.means().pace();
    this.host = jobs.host();
  }

  /** Begins, once. */
  public void start() {
    jobs.whenFreed(this::nudge);
    threads.start("poll", this::turns);
  }

  /**
   * From now on the host offers these labels. It introduces itself again when no question is open,
   * so that no grant is on its way meanwhile.
   */
  public void offer(Labels labels) {
    lock.lock();
    try {
      if (closed || host.labels().equals(labels)) {
        return;
      }
      host = host.offering(labels);
      news = true;
      endOpenQuestions();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the control plane knows this host and answered last. */
  public boolean connected() {
    lock.lock();
    try {
      return connected;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the control plane knows this host; false when the time is up first. */
  public boolean awaitConnected(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var until = pace.now().plus(atMost);
      while (!connected && !closed && pace.now().compareTo(until) < 0) {
        pace.await(lock, changed, until);
      }
      return connected;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes no more work. The question on its way is answered by asking for nothing; what it was
   * granted nevertheless is given back.
   */
  @Override
  public void close() {
    jobs.takeNoMore();
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        changed.signalAll();
        letOpenQuestionsEnd();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
      threads.close();
    }
  }

  private void letOpenQuestionsEnd() throws InterruptedException {
    endOpenQuestions();
    var until = pace.now().plus(LAST_ANSWER);
    while (connected && open > 0 && pace.now().compareTo(until) < 0) {
      pace.await(lock, changed, until);
    }
  }

  /** They are answered by asking for nothing. */
  private void endOpenQuestions() {
    if (connected && open > 0) {
      ask(Wire.ask(host, Room.NONE, Duration.ZERO));
    }
  }

  private void nudge() {
    lock.lock();
    try {
      moreRoom = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void turns() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        if (!connected || news) {
          news = false;
          connected = false;
          threads.start("register", this::register);
          current = ++asked;
        } else {
          moreRoom = false;
          ask(Wire.ask(host, jobs.room(), WAIT));
        }
        awaitTurn();
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitTurn() throws InterruptedException {
    while (!closed && !timeToTurn()) {
      pace.await(lock, changed, current == NONE && !news ? notBefore : Pace.NEVER);
    }
  }

  private boolean timeToTurn() {
    if (current != NONE) {
      return connected && moreRoom && !news;
    }
    return news ? open == 0 : pace.now().compareTo(notBefore) >= 0;
  }

  private void ask(LeaseRequest request) {
    var number = ++asked;
    var at = pace.now();
    current = number;
    open++;
    threads.start("poll", () -> poll(number, at, request));
  }

  private void poll(long number, Duration at, LeaseRequest request) throws InterruptedException {
    try {
      var reply = link.poll(request);
      take(reply);
      settled(number, true, reply.leases().isEmpty() ? at.plus(SHORTEST) : at);
    } catch (NimbusException e) {
      failed(number, e);
    } finally {
      ended();
    }
  }

  private void register() {
    try {
      var reply = link.register(Wire.register(host(), jobs.leased()));
      jobs.drop(reply.drop().stream().map(SandboxId::parse).toList());
      LOG.atInfo()
          .addKeyValue("host", jobs.host().id())
          .addKeyValue("org", reply.org())
          .addKeyValue("slots", jobs.host().slots())
          .log("Registered");
      settled(asked(), true, pace.now());
    } catch (NimbusException e) {
      failed(asked(), e);
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

  /**
   * Whatever went wrong, this host introduces itself again: it may not be known, or the answer that
   * was lost may have granted something, which is taken back when it is not among what is held.
   */
  private void failed(long number, NimbusException e) {
    lock.lock();
    try {
      if (failures == 0 && !closed) {
        LOG.atWarn()
            .addKeyValue("why", e.getMessage())
            .log("Cannot ask the control plane for work, trying on");
      }
      failures++;
      var pause = SHORTEST.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
      settle(number, false, pace.now().plus(pause));
    } finally {
      lock.unlock();
    }
  }

  private void settled(long number, boolean now, Duration next) {
    lock.lock();
    try {
      failures = 0;
      settle(number, now, next);
    } finally {
      lock.unlock();
    }
  }

  /** An older question's end says nothing about the newer one. */
  private void settle(long number, boolean now, Duration next) {
    if (number == current) {
      connected = now;
      current = NONE;
      notBefore = next;
      changed.signalAll();
    }
  }

  private HostFacts host() {
    lock.lock();
    try {
      return host;
    } finally {
      lock.unlock();
    }
  }

  private long asked() {
    lock.lock();
    try {
      return asked;
    } finally {
      lock.unlock();
    }
  }

  private void ended() {
    lock.lock();
    try {
      open--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
