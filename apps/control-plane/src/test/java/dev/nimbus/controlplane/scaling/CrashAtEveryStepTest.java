package dev.nimbus.controlplane.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.reaping.MachineReconcile;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process ends at every single call on the way from a waiting job to a machine that is gone,
 * before the call and after it. Another one begins with what was stored.
 */
final class CrashAtEveryStepTest {
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final int MOST_ROUNDS = 400;

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("habits")
  void oneMachineIsMadeAndNoneIsLeft(List<String> habits) {
    var undisturbed = run(new Crashing(0, false), habits);
    assertThat(undisturbed.wrong()).isEmpty();

    var wrong =
        IntStream.rangeClosed(1, undisturbed.calls())
            .boxed()
            .flatMap(
                at ->
                    Stream.of(false, true)
                        .map(after -> run(new Crashing(at, after), habits))
                        .filter(run -> !run.wrong().isEmpty())
                        .map(run -> "at call " + at + ": " + run))
            .toList();

    assertThat(undisturbed.calls()).isGreaterThan(50);
    assertThat(wrong).isEmpty();
  }

  static Stream<List<String>> habits() {
    return Stream.of(List.of(), List.of("lists late"), List.of("loses an answer", "lists late"));
  }

  @Test
  void aProviderThatMakesAMachineForEveryCallIsFoundOut() {
    var run = run(new Crashing(0, false), List.of("loses an answer"), Renaming::new);

    assertThat(run.wrong()).anyMatch(wrong -> wrong.startsWith("machines were made"));
  }

  private MachineGround ground(List<String> habits) {
    var ground = new MachineGround(folder, new MemoryStorage());
    ground.declare(1);
    ground.submit("j-1");
    if (habits.contains("loses an answer")) {
      ground.cloud.loseAnswer();
    }
    if (habits.contains("lists late")) {
      ground.cloud.listLate();
    }
    return ground;
  }

  private Run run(Crashing crashing, List<String> habits) {
    return run(crashing, habits, UnaryOperator.identity());
  }

  private Run run(Crashing crashing, List<String> habits, UnaryOperator<Provider> bug) {
    var ground = ground(habits);
    var loops = Loops.of(ground, crashing, bug);
    var crash = "none";
    for (var round = 0; round < MOST_ROUNDS && !over(ground); round++) {
      try {
        loops.step();
      } catch (Crashing.Crash e) {
        crash = String.valueOf(e.getMessage());
        loops = Loops.of(ground, new Crashing(0, false), bug);
      }
      ground.machinesGoOn();
      ground.time.step(STEP);
    }
    return new Run(crashing.calls(), crash, wrong(ground));
  }

  private static boolean over(MachineGround ground) {
    return ground.jobs().getOrDefault("succeeded", 0L) == 1
        && ground.storage.machines().live().isEmpty()
        && ground.cloud.running().isEmpty();
  }

  private static List<String> wrong(MachineGround ground) {
    var wrong = new ArrayList<String>();
    if (ground.jobs().getOrDefault("succeeded", 0L) != 1) {
      wrong.add("the job did not end: " + ground.jobs());
    }
    if (ground.cloud.stays().size() != 1) {
      wrong.add("machines were made: " + ground.cloud.stays());
    }
    if (!ground.cloud.running().isEmpty()) {
      wrong.add("machines are left: " + ground.cloud.running());
    }
    if (ground.cloud.mismatches() != 0) {
      wrong.add("a request was repeated with other parameters");
    }
    ground.storage.machines().list(MachineGround.ORG, true, 100).stream()
        .filter(machine -> machine.stage() != Stage.GONE)
        .forEach(machine -> wrong.add("not gone: " + machine));
    return wrong;
  }

  private record Run(int calls, String crash, List<String> wrong) {}

  /** A control plane's loops in one process. */
  private record Loops(Elastic elastic, MachineReconcile reconcile) {
    static Loops of(MachineGround ground, Crashing crashing, UnaryOperator<Provider> bug) {
      var storage = crashing.storage(ground.storage);
      UnaryOperator<Provider> calls = real -> crashing.provider(bug.apply(real));
      var elastic = ground.elastic(storage, calls, Runnable::run);
      var accounts = ground.accounts(storage, calls);
      return new Loops(elastic, ground.reconcile(storage, accounts));
    }

    void step() {
      elastic.step();
      reconcile.step();
    }
  }
}
