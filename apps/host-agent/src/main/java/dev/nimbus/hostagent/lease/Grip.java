package dev.nimbus.hostagent.lease;

import java.time.Duration;

/**
 * How firmly a lease is held. Durations are points on the agent's monotonic clock.
 *
 * @param deadline from here on the lease may be somebody else's; counted from the moment the last
 *     successful request was sent, never from its answer
 * @param renewAt when to ask next
 * @param told whether the control plane knows that the sandbox runs
 */
public record Grip(Duration deadline, Duration renewAt, boolean told) {
  /**
   * A fresh grant. Its answer may have been on the way for a while, so only half of its time is
   * trusted until the first renewal.
   */
  static Grip granted(Holding holding, Rules rules, Duration now) {
    var ttl = holding.ttl();
    return new Grip(
        now.plus(ttl.dividedBy(2)), now.plus(rules.renewEvery(ttl, holding.jitter())), false);
  }

  boolean lapsed(Duration now) {
    return now.compareTo(deadline) >= 0;
  }

  boolean due(Duration now) {
    return now.compareTo(renewAt) >= 0;
  }

  /** When to look again: to ask, to give up, or for the other thing to come. */
  Duration wakeAt(Duration other) {
    return earlier(other, earlier(deadline, renewAt));
  }

  /** As much of a pause as ends before the deadline. */
  Duration within(Duration pause, Duration now) {
    return lapsed(now) ? Duration.ZERO : earlier(pause, deadline.minus(now));
  }

  /** A request goes out now; asked again if no answer comes. */
  Grip asked(Holding holding, Rules rules, Duration now) {
    return new Grip(deadline, now.plus(rules.patience(holding.ttl())), told);
  }

  Grip renewed(Event.Renewed answer, Holding holding, Rules rules) {
    var ttl = answer.ttl();
    var until = answer.sentAt().plus(ttl).minus(rules.margin(ttl));
    var next = answer.sentAt().plus(rules.renewEvery(ttl, holding.jitter()));
    return new Grip(later(deadline, until), next, told || answer.started());
  }

  Grip unanswered(Holding holding, Rules rules, Duration now) {
    var ttl = holding.ttl();
    var pause = lapsed(now) ? rules.patience(ttl) : rules.retryRenewal(ttl);
    return new Grip(deadline, now.plus(pause), told);
  }

  /** Asks at once, and has at least this long to hear the answer. */
  Grip atOnce(Duration now, Duration grace) {
    return new Grip(later(deadline, now.plus(grace)), now, told);
  }

  static Duration earlier(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
