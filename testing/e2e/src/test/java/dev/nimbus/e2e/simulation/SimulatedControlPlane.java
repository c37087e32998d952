package dev.nimbus.e2e.simulation;

import dev.nimbus.core.host.Offer;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What stands between wire and storage, with the rules of the real one: who asks for work waits in
 * line, one question a host, and is served as soon as something fits; leases that ran out are
 * looked for all the time. Its memory dies with it, its steps are in the storage or are not.
 */
final class SimulatedControlPlane {
  private static final Duration MATCHING = Duration.ofSeconds(4);
  private static final Duration REAPING = Duration.ofSeconds(2);
  private static final Duration KEEP_HOSTS = Duration.ofSeconds(45);
  private static final Duration LONGEST_STALL = Duration.ofSeconds(20);

  private final String name;
  private final World world;
  private final JudgedStorage storage;
  private final Party party;
  private final DriftingClock clock;
  private final Map<HostId, Turn> line = new LinkedHashMap<>();
  private int stepsLeft = Integer.MAX_VALUE;

  SimulatedControlPlane(String name, World world, JudgedStorage storage) {
    this.name = name;
    this.world = world;
    this.storage = storage;
    this.party = world.party();
    this.clock = world.clock();
  }

  /** A host's question for work. */
  record Question(HostId host, Size free, int slots, Duration patience) {}

  /** The answer to it. */
  sealed interface Served {
    record Given(List<Lease> leases, List<JobId> cancel) implements Served {}

    record NotRegistered() implements Served {}
  }

  /** A step on the storage, at the time that this control plane takes it to be. */
  interface Work<R> {
    R on(JudgedStorage storage, Instant now);
  }

  private record Turn(Offer offer, Consumer<Served> answer) {}

  /** The end of this life of a control plane, between two steps. */
  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  Party party() {
    return party;
  }

  void start() {
    party.rise();
    stepsLeft = Integer.MAX_VALUE;
    world.trace().add(name, "starts");
    party.after(world.chance().upTo(MATCHING), this::matching);
    party.after(world.chance().upTo(REAPING), this::reaping);
  }

  /** Dies after so many more steps, each of them taken or not. */
  void dieAfter(int steps) {
    stepsLeft = steps;
  }

  void die() {
    world.trace().add(name, "dies");
    world.trace().tally().count("control plane died");
    party.die();
    line.clear();
    world.timeline().after(world.chance().upTo(Duration.ofSeconds(8)), this::riseAgain);
  }

  /** Handles anything that is one step and an answer. */
  <R> void handle(Work<R> work, Consumer<R> answer) {
    stalled(
        now -> {
          var result = work.on(step(), now);
          step();
          answer.accept(result);
          nudge();
        });
  }

  void register(Registration registration, List<SandboxId> held, Consumer<List<SandboxId>> answer) {
    stalled(
        now -> {
          step().register(registration, now);
          var stored = step().heldBy(registration.id());
          var drop = held.stream().filter(id -> !stillHeld(id, stored)).toList();
          step();
          answer.accept(drop);
        });
  }

  void poll(Question question, Consumer<Served> answer) {
    stalled(now -> serve(question, now, answer));
  }

  private void serve(Question question, Instant now, Consumer<Served> answer) {
    var host = question.host();
    if (!step().seen(host, now)) {
      world.trace().tally().count("not registered");
      answer.accept(new Served.NotRegistered());
      return;
    }
    var known = step().host(host).orElseThrow();
    var slots = Math.clamp(question.slots(), 0, known.slots());
    var offer =
        new Offer(host, known.org(), known.sharing(), known.labels(), question.free(), slots);
    var turn = new Turn(offer, answer);
    var older = line.put(host, turn);
    if (older != null) {
      older.answer.accept(new Served.Given(List.of(), step().cancelling(host)));
    }
    if (!servedNow(turn, now) && turn.equals(line.get(host))) {
      party.after(question.patience(), () -> taking(at -> endWait(turn)));
    }
  }

  /** Whether there was something to say. */
  private boolean servedNow(Turn turn, Instant now) {
    var host = turn.offer.host();
    var granted =
        turn.offer.slots() == 0
            ? List.<Lease>of()
            : step().grants().grant(turn.offer, Conditions.TTL, now);
    var cancel = step().cancelling(host);
    if (granted.isEmpty() && cancel.isEmpty()) {
      return false;
    }
    line.remove(host, turn);
    turn.answer.accept(new Served.Given(granted, cancel));
    return true;
  }

  private void endWait(Turn turn) {
    var host = turn.offer.host();
    if (line.remove(host, turn)) {
      turn.answer.accept(new Served.Given(List.of(), step().cancelling(host)));
    }
  }

  private void nudge() {
    party.after(world.reaction(), this::match);
  }

  private void match() {
    taking(now -> List.copyOf(line.values()).forEach(turn -> servedNow(turn, now)));
  }

  private void matching() {
    match();
    party.after(MATCHING, this::matching);
  }

  private void reaping() {
    stalled(
        now -> {
          if (step().expiry().expire(now) > 0) {
            nudge();
          }
          step().forgetUnseen(now.minus(KEEP_HOSTS));
        });
    party.after(REAPING, this::reaping);
  }

  /** Some steps are taken long after the clock was read. */
  private void stalled(Consumer<Instant> steps) {
    if (!world.conditions().mild() && world.fault(2)) {
      world.trace().tally().count("stalled step");
      var now = clock.wall();
      party.after(world.chance().upTo(LONGEST_STALL), () -> taking(late -> steps.accept(now)));
    } else {
      taking(steps);
    }
  }

  private void taking(Consumer<Instant> steps) {
    try {
      steps.accept(clock.wall());
    } catch (Died e) {
      die();
    }
  }

  private JudgedStorage step() {
    if (stepsLeft-- <= 0) {
      throw new Died();
    }
    return storage;
  }

  private void riseAgain() {
    if (!party.up()) {
      start();
    }
  }

  private static boolean stillHeld(SandboxId sandbox, Map<JobId, Fence> held) {
    return sandbox.fence().equals(held.get(sandbox.job()));
  }
}
