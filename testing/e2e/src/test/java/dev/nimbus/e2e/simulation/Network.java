package dev.nimbus.e2e.simulation;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Carries requests and their answers like HTTP over a bad line: either may be lost or late,
 * requests may arrive twice and overtake each other. The first answer counts, unless the caller
 * gave up.
 */
final class Network {
  private static final Duration FASTEST = Duration.ofMillis(1);
  private static final Duration USUAL = Duration.ofMillis(30);

  private final World world;

  Network(World world) {
    this.world = world;
  }

  /** Who asks, and how long for an answer. */
  record Caller(Party party, Duration patience) {}

  /** What the caller does with the one thing that it hears. */
  interface Answered<R> {
    void with(R answer);

    /** No answer came in time, or the other side refused the connection. */
    void never();
  }

  /** How the other side deals with a request; it may answer later. */
  interface Request<R> {
    void handle(Consumer<R> answer);
  }

  <R> void call(Caller caller, Party to, Request<R> request, Answered<R> answered) {
    var call = new Call<>(answered);
    caller.party.after(caller.patience, call::giveUp);
    var refused = caller.party.now(call::giveUp);
    var heard = caller.party.hearing(call::answer);
    var copies = world.chance().percent(world.conditions().duplication()) ? 2 : 1;
    for (var i = 0; i < copies; i++) {
      carry(
          () -> {
            if (to.up()) {
              to.reach(() -> request.handle(answer -> carry(() -> heard.accept(answer))));
            } else {
              carry(refused);
            }
          });
    }
  }

  private void carry(Runnable message) {
    var conditions = world.conditions();
    if (world.chance().percent(conditions.loss())) {
      world.trace().tally().count("message lost");
      return;
    }
    var slow = world.chance().percent(conditions.slow());
    var most = slow ? conditions.slowest() : USUAL;
    world.timeline().after(world.chance().between(FASTEST, most), message);
  }

  private static final class Call<R> {
    private final Answered<R> answered;
    private boolean over;

    Call(Answered<R> answered) {
      this.answered = answered;
    }

    void answer(R answer) {
      if (!over) {
        over = true;
        answered.with(answer);
      }
    }

    void giveUp() {
      if (!over) {
        over = true;
        answered.never();
      }
    }
  }
}
