package dev.nimbus.adapters.forges.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.http.Call.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LaneTest {
  private final Lane lane = new Lane();
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  @Test
  void oneAtATimeGoesThrough() throws Exception {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (var number = 0; number < 200; number++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () ->
                      through(
                          Purpose.MINT,
                          () -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            inside.decrementAndGet();
                          })));
    }
    for (var thread : threads) {
      thread.join();
    }

    assertThat(most).hasValue(1);
    assertThat(lane.ahead(Purpose.POLL)).isZero();
  }

  @Test
  void theMostUrgentGoesFirstAndOfEqualsTheOlder() throws Exception {
    lane.enter(Purpose.POLL);
    var threads = new ArrayList<Thread>();
    threads.add(waiting("mint 1", Purpose.MINT));
    threads.add(waiting("mint 2", Purpose.MINT));
    threads.add(waiting("retire", Purpose.RETIRE));
    assertThat(lane.ahead(Purpose.RETIRE)).isEqualTo(2);
    assertThat(lane.ahead(Purpose.MINT)).isEqualTo(4);
    lane.leave();
    for (var thread : threads) {
      thread.join();
    }

    assertThat(order).containsExactly("retire", "mint 1", "mint 2");
  }

  @Test
  void whoeverIsInterruptedHoldsNobodyUp() throws Exception {
    lane.enter(Purpose.MINT);
    var impatient = waiting("impatient", Purpose.RETIRE);
    var patient = waiting("patient", Purpose.MINT);
    impatient.interrupt();
    impatient.join();
    lane.leave();
    patient.join();

    assertThat(order).containsExactly("patient");
  }

  /** Starts a thread and returns once it waits in the lane. */
  private Thread waiting(String name, Purpose purpose) {
    var before = lane.ahead(Purpose.POLL);
    var thread = Thread.ofPlatform().start(() -> through(purpose, () -> order.add(name)));
    while (lane.ahead(Purpose.POLL) == before) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private void through(Purpose purpose, Runnable inside) {
    try {
      lane.enter(purpose);
    } catch (InterruptedException e) {
      return;
    }
    try {
      inside.run();
    } finally {
      lane.leave();
    }
  }
}
