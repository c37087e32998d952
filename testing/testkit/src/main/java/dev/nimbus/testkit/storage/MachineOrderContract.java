package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.cost.Grouping;
import dev.nimbus.core.cost.Period;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What happens to machines, and to the jobs they run, in any order. Each step is done to the
 * storage and to one in memory: both must answer alike, and no machine ever holds two jobs.
 */
public abstract class MachineOrderContract extends MachineContract {
  private static final int STEPS = 250;

  /** So many machines at a time take part; each does for so many steps, and never again. */
  private static final int AT_ONCE = 6;

  private static final int STEPS_EACH = 120;
  private static final int MACHINES = STEPS * AT_ONCE / STEPS_EACH + AT_ONCE;

  protected MachineOrderContract() {}

  /** How many seeds are tried; what is quick can try more. */
  protected int seeds() {
    return 6;
  }

  @TestFactory
  final Stream<DynamicTest> inAnyOrderBothStoragesAgreeAndNoMachineHoldsTwoJobs() {
    return IntStream.rangeClosed(1, seeds())
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> run(seed)));
  }

  /** An empty storage for this seed. */
  protected abstract Storage again(int seed);

  private void run(int seed) {
    try (var storage = again(seed);
        var model = new MemoryStorage()) {
      var random = new Random(seed);
      declare(storage, ACME, 4);
      declare(model, ACME, 4);
      for (var step = 0; step < STEPS; step++) {
        var when = "seed %d step %d".formatted(seed, step);
        var action = new Action(random.nextLong(), step);
        assertThat(action.on(storage)).as(when).isEqualTo(action.on(model));
        var view = view(model);
        assertThat(view(storage)).as(when).isEqualTo(view);
        check(model, when);
      }
      assertThat(storage.repair()).as("seed %d", seed).isZero();
    }
  }

  private static List<Object> view(Storage on) {
    var all = new ArrayList<Object>();
    all.add(on.machines().list(ACME, true, 1_000));
    all.add(on.machines().live());
    all.add(on.machines().spending(NOON.plusSeconds(STEPS)));
    for (var by : Grouping.values()) {
      all.add(on.costs().sums(ACME, Period.monthOf(NOON), by, NOON.plusSeconds(STEPS)));
    }
    all.add(on.jobs().demand(1_000));
    all.add(on.jobs().counts(ACME));
    for (var number = 0; number < MACHINES; number++) {
      all.add(on.machines().unanswered(name(number)));
      all.add(on.leases().takes(offer(number)));
      all.add(on.leases().heldBy(name(number).host()));
      all.add(on.hosts().find(name(number).host()));
    }
    return all;
  }

  private static void check(Storage on, String when) {
    assertThat(on.machines().live()).as(when).hasSizeLessThanOrEqualTo(4);
    for (var machine : on.machines().list(ACME, true, 1_000)) {
      var held = on.leases().heldBy(machine.name().host()).size();
      assertThat(held).as("%s: %s", when, machine).isEqualTo(machine.busy() ? 1 : 0);
      assertThat(machine.busy() && machine.stage().compareTo(Stage.READY) < 0).as(when).isFalse();
    }
  }

  private static Offer offer(int number) {
    return new Offer(
        name(number).host(),
        ACME,
        Host.Sharing.OWN,
        Labels.of(List.of("docker")),
        new Size(64_000, 1L << 40),
        2);
  }

  /** One step, drawn so that it is the same wherever it is done. */
  private record Action(long seed, int step) {
    Object on(Storage on) {
      var random = new Random(seed);
      var number = step * AT_ONCE / STEPS_EACH + random.nextInt(AT_ONCE);
      var name = name(number);
      var now = NOON.plusSeconds(step);
      return switch (random.nextInt(13)) {
        case 0, 1 -> on.machines().reserve(machine(ACME, number), now);
        case 2 -> on.machines().launched(name, "i-" + random.nextInt(2), now);
        case 3 -> on.machines().redeem(name, ticket(number), now);
        case 4, 5 -> comeUp(on, number, now);
        case 6 -> on.machines().report(name, new Report("idle", "" + random.nextInt(2)), now);
        case 7 -> on.machines().retire(name, IDLE, random.nextInt(3) == 0, now);
        case 8 -> on.machines().gone(name, now);
        case 9 -> on.machines().forget(now.minusSeconds(STEPS_EACH), 1);
        case 10 -> List.of(admit(on, ACME));
        case 11 -> ask(on, number, now);
        default -> end(on, number, random, now);
      };
    }

    private Object comeUp(Storage on, int number, Instant now) {
      var ready = on.machines().ready(name(number), now);
      if (ready) {
        register(on, ACME, number);
      }
      return ready;
    }

    /** A host that is no machine (yet) would be granted more than one job. */
    private Object ask(Storage on, int number, Instant now) {
      return on.machines().find(name(number)).isPresent()
          ? on.leases().grant(offer(number), Duration.ofSeconds(40), now)
          : List.of();
    }

    private String admit(Storage on, OrgId org) {
      var job = NewJobs.of(org, "j-" + step).labels(step % 2 == 0 ? "docker" : "x86");
      return on.jobs().admit(job.build(), NOON.plusSeconds(step)).getClass().getSimpleName();
    }

    private Object end(Storage on, int number, Random random, Instant now) {
      var host = name(number).host();
      var held = on.leases().heldBy(host);
      if (held.isEmpty()) {
        return on.leases().expire(2, 1, now);
      }
      var lease = held.entrySet().iterator().next();
      var job = lease.getKey();
      var fence = lease.getValue();
      return switch (random.nextInt(5)) {
        case 0 -> on.leases().finish(host, job, fence, Outcome.exited(0), now);
        case 1 -> on.leases().giveBack(host, job, fence, new GivingBack.Unrun("no"), now);
        case 2 -> on.leases().giveBack(host, job, fence, new GivingBack.Failed("no", 3), now);
        case 3 ->
            on.leases()
                .giveBack(
                    host, job, fence, new GivingBack.Postponed("no", Duration.ofHours(1)), now);
        default -> on.leases().started(host, job, fence, TTL, now);
      };
    }
  }
}
