package dev.nimbus.bench.capacity;

import dev.nimbus.core.provider.Billing;
import java.util.PriorityQueue;

/**
 * What machines cost. Where hours are paid when they begin, a machine that ends leaves what is left
 * of its hour to the next one, as the provider for such a cloud does it.
 */
final class Bill {
  private static final double HOUR = 3_600_000;

  private final Cloud cloud;
  private final PriorityQueue<Long> parked = new PriorityQueue<>();
  private double hours;

  Bill(Cloud cloud) {
    this.cloud = cloud;
  }

  /** Begins a machine; returns until when it is paid. */
  long begin(long now) {
    if (!(cloud.billing() instanceof Billing.Blocks(var block))) {
      return now;
    }
    while (!parked.isEmpty() && parked.peek() <= now) {
      parked.remove();
    }
    var left = parked.poll();
    if (left != null) {
      return left;
    }
    hours += block.toMillis() / HOUR;
    return now + block.toMillis();
  }

  /**
   * Ends a machine.
   *
   * @param paid what {@link #begin} said
   */
  void end(long began, long now, long paid) {
    switch (cloud.billing()) {
      case Billing.Blocks(var block) -> {
        var until = paid;
        while (until <= now) {
          until += block.toMillis();
          hours += block.toMillis() / HOUR;
        }
        parked.add(until);
      }
      case Billing.PerSecond(var atLeast) ->
          hours += Math.max(atLeast.toMillis(), now - began) / HOUR;
      case Billing.Committed _, Billing.Owned _ ->
          throw new IllegalStateException("Not simulated: " + cloud.billing());
    }
  }

  double dollars() {
    return hours * cloud.microsPerHour() / 1e6;
  }
}
