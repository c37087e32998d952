package dev.nimbus.core.placement;

import static dev.nimbus.core.placement.Scene.SMALL;
import static dev.nimbus.core.placement.Scene.cell;
import static dev.nimbus.core.placement.Scene.moments;
import static dev.nimbus.core.placement.Scene.name;
import static dev.nimbus.core.placement.Scene.offering;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.placement.Action.Retire;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.provider.Billing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which machines are ended, and why. */
final class RetiringTest {
  private static final Offering CHEAP = offering("s2", SMALL);
  private static final Duration LONG = Duration.ofMinutes(30);

  @Test
  void aMachineItsProviderDoesNotSayExistsHasFailed() {
    var retire = only(scene().asked("small", CHEAP, Duration.ofMinutes(5)));

    assertThat(retire.cause()).isEqualTo(EndCause.FAILED);
    assertThat(retire.evenBusy()).isFalse();
    assertThat(retire.reason()).contains("within PT5M of being asked at 2026-11-25T11:55:00Z");
  }

  @Test
  void aMachineWithinItsDeadlinesMayStay() {
    var scene = scene().asked("small", CHEAP, Duration.ofSeconds(299)).jobs(2, SMALL);

    assertThat(scene.booting("small", CHEAP, Duration.ofSeconds(599)).plan().actions()).isEmpty();
  }

  @Test
  void aMachineThatDoesNotBootHasFailed() {
    assertThat(only(scene().booting("small", CHEAP, Duration.ofMinutes(10))).reason())
        .contains("ask for what it needs within PT10M");
  }

  @Test
  void aMachineThatBootsAndDoesNotRegisterHasFailed() {
    var redeemed = Duration.ofMinutes(5);
    var scene = scene();
    scene.machine("small", CHEAP, Stage.BOOTING, moments(LONG, LONG, redeemed, null), m -> m);

    assertThat(only(scene).reason()).contains("did not register within PT5M");
  }

  @Test
  void aMachineThatIsOverdueIsReplaced() {
    var plan = scene().booting("small", CHEAP, LONG).jobs(1, SMALL).plan();

    assertThat(plan.actions()).extracting(a -> (Object) a.getClass()).hasSize(2);
    assertThat(plan.actions().getLast()).isInstanceOf(Action.Make.class);
  }

  @Test
  void aSilentMachineIsLostEvenIfItIsBusy() {
    var scene = scene().busy("small", CHEAP, LONG);
    scene.heard.clear();

    assertThat(only(scene).cause()).isEqualTo(EndCause.LOST);
    assertThat(only(scene).evenBusy()).isTrue();
  }

  @Test
  void aMachineMayNotLiveLongerThanItsPoolSays() {
    var retire = only(scene().busy("small", CHEAP, Duration.ofHours(6)));

    assertThat(retire.cause()).isEqualTo(EndCause.EXPIRED);
    assertThat(retire.evenBusy()).isTrue();
  }

  @Test
  void aMachineThatSaysItIsDoneIsDone() {
    assertThat(only(scene().reporting("small", CHEAP, "done", "")).cause())
        .isEqualTo(EndCause.DONE);
  }

  @Test
  void aMachineThatSaysItFailedIsEndedForItsReason() {
    var retire = only(scene().reporting("small", CHEAP, "failed", "no space left"));

    assertThat(retire.cause()).isEqualTo(EndCause.FAILED);
    assertThat(retire.reason()).contains("no space left");
  }

  @Test
  void aFreeMachineOfNoPoolIsEndedAndABusyOneIsNot() {
    var scene = new Scene().busy("small", CHEAP, LONG).idle("small", CHEAP, Duration.ZERO);

    assertThat(only(scene).machine()).isEqualTo(name(1));
    assertThat(only(scene).reason()).contains("no pool 'small'");
  }

  @Test
  void aMachineOfAKindItsPoolDoesNotHaveAnyMoreIsEnded() {
    var scene = scene().idle("small", offering("old", SMALL), Duration.ZERO).jobs(1, SMALL);

    assertThat(scene.plan().actions()).hasSize(2);
    assertThat(retired(scene).getFirst().reason()).contains("cloud/here/old/on-demand");
  }

  @Test
  void machinesThatWaitedLongerThanTheGraceAreEndedLongestFirstDownToTheTarget() {
    var scene = new Scene().pool(p -> p.keeping(1), "small", 9, CHEAP);
    scene.idle("small", CHEAP, Duration.ofMinutes(3)).idle("small", CHEAP, LONG);
    scene.idle("small", CHEAP, Duration.ofMinutes(1));

    assertThat(retired(scene)).extracting(Retire::machine).containsExactly(name(0), name(1));
    assertThat(retired(scene)).extracting(Retire::cause).containsOnly(EndCause.IDLE);
  }

  @Test
  void aMachineAJobWaitsForIsNotEnded() {
    assertThat(scene().idle("small", CHEAP, LONG).jobs(1, SMALL).plan().actions()).isEmpty();
  }

  @Test
  void aMachineWithinItsGraceIsNotEnded() {
    assertThat(scene().idle("small", CHEAP, Duration.ofSeconds(119)).plan().actions()).isEmpty();
  }

  @Test
  void aMachinePaidByTheHourIsEndedOnlyBeforeTheNextHourBegins() {
    var hourly = new Billing.Blocks(Duration.ofHours(1));

    assertThat(endedAfter(Duration.ofMinutes(30), hourly)).isFalse();
    assertThat(endedAfter(Duration.ofMinutes(54), hourly)).isFalse();
    assertThat(endedAfter(Duration.ofMinutes(55), hourly)).isTrue();
    assertThat(endedAfter(Duration.ofMinutes(60), hourly)).isFalse();
    assertThat(endedAfter(Duration.ofMinutes(116), hourly)).isTrue();
  }

  @Test
  void aMachinePaidByTheSecondIsEndedOnceItsLeastIsUsed() {
    var billing = new Billing.PerSecond(Duration.ofMinutes(10));

    assertThat(endedAfter(Duration.ofMinutes(9), billing)).isFalse();
    assertThat(endedAfter(Duration.ofMinutes(10), billing)).isTrue();
  }

  @Test
  void machinesOnOwnedOrCommittedHostsAreEndedAfterTheGrace() {
    assertThat(endedAfter(LONG, new Billing.Owned())).isTrue();
    assertThat(endedAfter(LONG, new Billing.Committed(Duration.ofHours(24)))).isTrue();
  }

  @Test
  void aMachineThatBootsIsLetComeThoughItsJobIsGone() {
    assertThat(scene().booting("small", CHEAP, Duration.ofMinutes(4)).plan().actions()).isEmpty();
  }

  @Test
  void aMachineStillAskedForIsCalledBackAfterTheGrace() {
    assertThat(scene().asked("small", CHEAP, Duration.ofSeconds(110)).plan().actions()).isEmpty();
    assertThat(only(scene().asked("small", CHEAP, Duration.ofSeconds(130))).cause())
        .isEqualTo(EndCause.IDLE);
  }

  private static boolean endedAfter(Duration age, Billing billing) {
    var scene = scene().idle("small", CHEAP, age);
    scene.billing.put(cell(CHEAP), billing);
    return !scene.plan().actions().isEmpty();
  }

  private static Scene scene() {
    return new Scene().pool("small", 9, CHEAP);
  }

  private static List<Retire> retired(Scene scene) {
    return scene.plan().actions().stream()
        .filter(Retire.class::isInstance)
        .map(Retire.class::cast)
        .toList();
  }

  private static Retire only(Scene scene) {
    var plan = scene.plan();
    assertThat(plan.actions()).hasSize(1);
    return (Retire) plan.actions().getFirst();
  }
}
