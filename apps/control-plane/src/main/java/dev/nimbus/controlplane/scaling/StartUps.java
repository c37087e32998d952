package dev.nimbus.controlplane.scaling;

import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.provider.Owner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long machines of each pool took from being asked for until they were ready. Thread-safe. */
final class StartUps {
  private static final Duration UNKNOWN = Duration.ofSeconds(90);
  private static final int KEPT = 32;

  private final Map<Owner, Deque<Duration>> last = new ConcurrentHashMap<>();

  void learn(Machine machine) {
    var moments = machine.moments();
    if (moments.ready().isEmpty()) {
      return;
    }
    var took = Duration.between(moments.asked(), moments.ready().get());
    last.compute(
        new Owner(machine.org(), machine.pool()),
        (_, before) -> {
          var all = before == null ? new ArrayDeque<Duration>() : new ArrayDeque<>(before);
          all.addLast(took.isNegative() ? Duration.ZERO : took);
          if (all.size() > KEPT) {
            all.removeFirst();
          }
          return all;
        });
  }

  /** What three of four did not take longer than. */
  Duration usual(Owner pool) {
    var known = last.get(pool);
    if (known == null) {
      return UNKNOWN;
    }
    var sorted = new ArrayList<>(known);
    sorted.sort(null);
    return sorted.get(sorted.size() * 3 / 4);
  }
}
