package dev.nimbus.controlplane.dispatch;

import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.lease.LeaseStore;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.service.loop.Loop;
import dev.nimbus.service.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings waiting jobs and asking hosts together. A host that asks is served at once if anything
 * fits. Otherwise it waits in line, and one matching step, woken by every change that could help,
 * serves the line: it never asks the store again for an offer that a larger one just failed to
 * place, so a thousand idle hosts cost one question, not a thousand.
 */
public final class Dispatch implements AutoCloseable {
  private static final Duration SAFETY_TICK = Duration.ofSeconds(1);

  private final LeaseStore leases;
  private final Duration ttl;
  private final JobRate rate;
  private final InstantSource time;
  private final WaitingLine line = new WaitingLine();
  private final AtomicLong nudges = new AtomicLong();
  private final Loop matching;

  /**
   * Begins to match.
   *
   * @param ttl how long a lease lasts
   * @param rate at which the jobs of a tenant may start
   */
  public Dispatch(
      LeaseStore leases, Duration ttl, JobRate rate, InstantSource time, Metrics metrics) {
    this.leases = leases;
    this.ttl = ttl;
    this.rate = rate;
    this.time = time;
    this.matching = Loop.start("match", SAFETY_TICK, metrics, this::match);
  }

  /** Something may have become grantable. */
  public void nudge() {
    nudges.incrementAndGet();
    if (line.hasAsking()) {
      matching.nudge();
    }
  }

  /**
   * Answers a waiting host now, with whatever there is to say: that somebody wants a job of its
   * stopped, or only that this service is about to end.
   */
  public void wake(HostId host) {
    line.wake(host);
  }

  /**
   * Grants nothing more to a question the host left open: it has begun anew and may not be there to
   * hear the answer.
   */
  public void expel(HostId host) {
    line.expel(host);
  }

  /**
   * Serves a host: with leases, with cancellations, or after the wait with neither. Only one call
   * per host waits; an older one is answered when a newer one comes.
   */
  public Served poll(Offer offer, Duration wait) throws InterruptedException {
    var turn = line.enter(offer);
    var before = nudges.get();
    try {
      var served = serveNow(offer);
      if (served.nothing() && !wait.isZero()) {
        turn.open();
        if (nudges.get() != before) {
          matching.nudge();
        }
        turn.await(wait);
        var granted = turn.close();
        served = new Served(granted, leases.cancelling(offer.host()));
      }
      return served;
    } finally {
      line.leave(turn);
    }
  }

  @Override
  public void close() {
    matching.close();
    line.wakeAll();
  }

  private Served serveNow(Offer offer) {
    var granted = offer.slots() == 0 ? List.<Lease>of() : grant(offer);
    return new Served(granted, leases.cancelling(offer.host()));
  }

  private List<Lease> grant(Offer offer) {
    return leases.grant(offer, ttl, rate, time.instant());
  }

  /** One pass over the line, in the order the hosts came. */
  private void match() {
    var failed = new FailedOffers(leases::takes);
    for (var turn : line.asking()) {
      if (!failed.covers(turn.offer())) {
        turn.serve(this::grant, failed);
      }
    }
  }

  /** What a host is told. */
  public record Served(List<Lease> leases, List<JobId> cancel) {
    public Served {
      leases = List.copyOf(leases);
      cancel = List.copyOf(cancel);
    }

    boolean nothing() {
      return leases.isEmpty() && cancel.isEmpty();
    }
  }
}
