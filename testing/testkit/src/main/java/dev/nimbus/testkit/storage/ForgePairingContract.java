package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.storage.ForgeStore.Moved;
import dev.nimbus.core.storage.ForgeStore.Queued;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.ForgeStore.Source;
import dev.nimbus.core.storage.ForgeStore.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link dev.nimbus.core.storage.ForgeStore} must do when jobs start and finish. */
public abstract class ForgePairingContract extends ForgeContract {
  protected ForgePairingContract() {}

  @Test
  void aJobTakenByTheRunnerMadeForItIsServedByIt() {
    var job = queue("7");
    var lease = grantOne(HOST);

    assertThat(started("7", runner(lease))).isEqualTo(forward(job));

    var served = served(job).orElseThrow();
    assertThat(served.stage()).isEqualTo(Stage.STARTED);
    assertThat(served.runner()).isEqualTo("nimbus-s-7-1");
    assertThat(served.changedAt()).isEqualTo(NOON.plusSeconds(1));
    assertThat(state(job).word()).isEqualTo("leased");
    assertThat(openJobs()).containsExactly("7");
  }

  @Test
  void aJobOnlyMovesForward() {
    var job = queue("7");
    started("7", STRANGER);

    assertThat(started("7", STRANGER)).isEqualTo(new Moved.Known());
    assertThat(asked("7", "7b", OPEN)).isEqualTo(known(job));
    finished("7", STRANGER);
    assertThat(finished("7", STRANGER)).isEqualTo(new Moved.Known());
    assertThat(started("7", STRANGER)).isEqualTo(new Moved.Known());
    assertThat(asked("7", "7b", OPEN)).isEqualTo(known(job));
  }

  @Test
  void aDeliverySeenBeforeMovesNothing() {
    var job = queue("7");
    forges().noted(delivery("d"), NOON);

    assertThat(forges().started(delivery("d"), key("7"), STRANGER, NOON))
        .isEqualTo(new Moved.Replayed());
    assertThat(forges().finished(delivery("d"), key("7"), STRANGER, "success", NOON))
        .isEqualTo(new Moved.Replayed());
    assertThat(state(job).word()).isEqualTo("waiting");
  }

  @Test
  void oneRunnerTakingTheJobOfTheOtherMakesThemChangePlaces() {
    var one = queue("1");
    var two = queue("2");
    var leases = grantAll(HOST);

    assertThat(started("2", runner(leases.get(0)))).isEqualTo(forward(one));

    assertThat(serves(one)).isEqualTo("2");
    assertThat(serves(two)).isEqualTo("1");
    assertThat(started("1", runner(leases.get(1)))).isEqualTo(forward(two));
    assertThat(unserved()).isEmpty();
  }

  @Test
  void oursThatWaitsServesWhatTheTakerLeft() {
    var one = queue("1");
    var lease = grantOne(HOST);
    var two = queue("2");

    assertThat(started("2", runner(lease))).isEqualTo(forward(one));

    assertThat(serves(two)).isEqualTo("1");
    assertThat(state(two).word()).isEqualTo("waiting");
    assertThat(openJobs()).containsExactly("1", "2");
  }

  @Test
  void theyChangePlacesAlsoWhenOnlyTheEndIsHeard() {
    var one = queue("1");
    var lease = grantOne(HOST);
    var two = queue("2");

    assertThat(finished("2", runner(lease))).isEqualTo(forward(one));

    assertThat(serves(one)).isEqualTo("2");
    assertThat(serves(two)).isEqualTo("1");
    assertThat(state(two).word()).isEqualTo("waiting");
    assertThat(openJobs()).containsExactly("1");
  }

  @Test
  void theyChangePlacesAlsoWhenTheTakerHasEnded() {
    var one = queue("1");
    var lease = grantOne(HOST);
    var two = queue("2");
    finish(lease, Outcome.exited(0));

    assertThat(started("2", runner(lease))).isEqualTo(forward(one));
    assertThat(serves(two)).isEqualTo("1");
    assertThat(finished("2", runner(lease))).isEqualTo(forward(one));
    assertThat(state(two).word()).isEqualTo("waiting");
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels", "size", "repository", "image", "network", "timeout"})
  void oursThatCouldNotRunInTheTakersSteadDoesNotGetItsPlace(String lesser) {
    var one = queue("1", rich("1"));
    var lease = grant(offer(HOST, 1, "gpu", "linux")).getFirst();
    var two = queue("2", without(lesser));

    assertThat(started("2", runner(lease)))
        .isEqualTo(new Moved.Forward(just(one), Optional.empty(), just(two)));

    assertThat(unserved()).containsExactly("1");
    assertThat(state(two).word()).isEqualTo("cancelled");
    assertThat(serves(two)).isEmpty();
    assertThat(waiting(ACME)).isZero();
  }

  @Test
  void oursThatIsPromisedMoreGetsTheTakersPlace() {
    queue("1", serving("1").labels("linux").spec(spec("large", 1)));
    var lease = grant(offer(HOST, 1, "linux")).getFirst();
    var two = queue("2", rich("2"));

    started("2", runner(lease));

    assertThat(serves(two)).isEqualTo("1");
  }

  @Test
  void anUnservedJobIsServedByTheNextOneAdmittedForIt() {
    queue("1", rich("1"));
    var lease = grant(offer(HOST, 1, "gpu", "linux")).getFirst();
    queue("2", without("labels"));
    started("2", runner(lease));

    assertThat(forges().unserved(ACME, HUB, 5)).containsExactly(forgeJob("1"));
    assertThat(forges().unserved(ACME, LAB, 5)).isEmpty();
    assertThat(openJobs()).containsExactly("2");
    var next =
        admitted(forges().queued(delivery("late"), forgeJob("1"), rich("1b").build(), OPEN, NOON));

    assertThat(serves(next)).isEqualTo("1");
    assertThat(unserved()).isEmpty();
  }

  @Test
  void anUnservedJobCanBeRefused() {
    queue("1", rich("1"));
    var lease = grant(offer(HOST, 1, "gpu", "linux")).getFirst();
    queue("2", without("labels"));
    started("2", runner(lease));

    assertThat(asked("1", "1b", DENIED)).isInstanceOf(Queued.Rejected.class);
    assertThat(unserved()).isEmpty();
  }

  @Test
  void oursThatSomebodyCalledOffDoesNotGetTheTakersPlace() {
    var one = queue("1");
    var two = queue("2");
    var leases = grantAll(HOST);
    storage().jobs().cancel(ACME, two.id(), "alice", NOON);

    assertThat(started("2", runner(leases.get(0))))
        .isEqualTo(new Moved.Forward(just(one), just(two), Optional.empty()));
    assertThat(unserved()).containsExactly("1");
  }

  @Test
  void aTakerThatSomebodyCalledOffKeepsWhatItServes() {
    var one = queue("1");
    var lease = grantOne(HOST);
    var two = queue("2");
    storage().jobs().cancel(ACME, one.id(), "alice", NOON);

    assertThat(started("2", runner(lease))).isEqualTo(cancelled(two));
    assertThat(serves(one)).isEqualTo("1");
    finish(lease, Outcome.cancelled("alice"));
    assertThat(asked("1", "1b", OPEN)).isEqualTo(known(one));
  }

  @Test
  void oursIsCancelledWhenAStrangerTookItsJobWhileItWaited() {
    var job = queue("7");
    var other = queue("8");

    assertThat(started("7", STRANGER)).isEqualTo(cancelled(job));

    assertThat(outcome(job).conclusion()).isEqualTo(Conclusion.CANCELLED);
    assertThat(outcome(job).reason()).contains(STRANGER);
    assertThat(serves(job)).isEqualTo("7");
    assertThat(waiting(ACME)).isEqualTo(1);
    assertThat(grantAll(HOST)).extracting(Lease::job).extracting(Job::id).containsOnly(other.id());
    assertThat(storage().repair()).isZero();
  }

  @Test
  void oursIsSpareWhenAStrangerTookItsJobWhileItHeldALease() {
    var job = queue("7");
    run(grantOne(HOST));

    assertThat(started("7", STRANGER))
        .isEqualTo(new Moved.Forward(Optional.empty(), just(job), Optional.empty()));

    assertThat(state(job).word()).isEqualTo("running");
    assertThat(served(job).map(Served::runner)).contains(STRANGER);
    assertThat(unserved()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSpareOneServesWhatItsRunnerTakes(boolean over) {
    var spare = queue("1");
    var lease = grantOne(HOST);
    if (over) {
      finished("1", "");
    } else {
      started("1", STRANGER);
    }
    var two = queue("2");

    assertThat(started("2", runner(lease)))
        .isEqualTo(new Moved.Forward(just(spare), Optional.empty(), just(two)));

    assertThat(serves(spare)).isEqualTo("2");
    assertThat(serves(two)).isEmpty();
    assertThat(unserved()).isEmpty();
  }

  @Test
  void aRunnerOfALeaseThatIsOverIsAStranger() {
    var job = queue("7");
    var lost = grantOne(HOST);
    storage().leases().expire(3, 10, NOON.plus(TTL));

    assertThat(started("7", runner(lost))).isEqualTo(cancelled(job));
  }

  @Test
  void aRunnerOfAnEarlierLeaseLeavesOursSpare() {
    var job = queue("7");
    var lost = grantOne(HOST);
    storage().leases().expire(3, 10, NOON.plus(TTL));
    grantOne(OTHER_HOST);

    assertThat(started("7", runner(lost)))
        .isEqualTo(new Moved.Forward(Optional.empty(), just(job), Optional.empty()));
  }

  @Test
  void aRunnerThatHasTakenItsJobIsAStrangerToOthers() {
    var one = queue("1");
    var lease = grantOne(HOST);
    var two = queue("2");
    started("1", runner(lease));

    assertThat(started("2", runner(lease))).isEqualTo(cancelled(two));
    assertThat(serves(one)).isEqualTo("1");
  }

  @Test
  void aRunnerOfAnotherConnectionIsAStranger() {
    var one = queue("1");
    var lease = grantOne(HOST);
    var lab = Source.asked(ACME, LAB);
    var two = admitted(forges().queued(lab, forgeJob("2"), serving("2").build(), OPEN, NOON));

    assertThat(forges().started(lab, key("2"), runner(lease), NOON)).isEqualTo(cancelled(two));
    assertThat(serves(one)).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nimbus-s-9-1", "nimbus-s-1-x", "nimbus-s-1-77", "nimbus-", " "})
  void aNameThatOnlyLooksLikeOursIsAStrangers(String name) {
    var job = queue("1");

    assertThat(started("1", name)).isEqualTo(cancelled(job));
  }

  @Test
  void aJobThatIsOverBeforeAnybodyTookItCancelsOursThatWaits() {
    var job = queue("7");

    assertThat(finished("7", "")).isEqualTo(cancelled(job));

    assertThat(outcome(job).conclusion()).isEqualTo(Conclusion.CANCELLED);
    assertThat(outcome(job).exitCode()).isEqualTo(130);
    assertThat(outcome(job).reason()).isEqualTo("Its forge says it is over: success");
    assertThat(served(job).orElseThrow().stage()).isEqualTo(Stage.FINISHED);
    assertThat(served(job).orElseThrow().conclusion()).isEqualTo("success");
    assertThat(waiting(ACME)).isZero();
    assertThat(openJobs()).isEmpty();
  }

  @Test
  void aJobThatIsOverBeforeAnybodyTookItLeavesOursSpare() {
    var job = queue("7");
    grantOne(HOST);

    assertThat(finished("7", ""))
        .isEqualTo(new Moved.Forward(Optional.empty(), just(job), Optional.empty()));
    assertThat(served(job).map(Served::stage)).contains(Stage.FINISHED);
  }

  @Test
  void aJobRunByOursEndsWithoutLeavingItSpare() {
    var job = queue("7");
    var lease = grantOne(HOST);
    run(lease);
    started("7", runner(lease));

    assertThat(finished("7", "")).isEqualTo(forward(job));
    assertThat(state(job).word()).isEqualTo("running");
    assertThat(served(job).orElseThrow().stage()).isEqualTo(Stage.FINISHED);
  }

  @Test
  void aJobWhoseRunnerTheForgeNeverNamesIsTakenForRunByOurs() {
    var job = queue("7");
    run(grantOne(HOST));

    assertThat(started("7", "")).isEqualTo(forward(job));
    assertThat(serves(job)).isEqualTo("7");
    assertThat(finished("7", "")).isEqualTo(forward(job));
    assertThat(serves(job)).isEqualTo("7");
    assertThat(state(job).word()).isEqualTo("running");
  }

  @Test
  void aJobWhoseRunnerTheForgeNeverNamesIsNotRunByOursWhileThatWaits() {
    var job = queue("7");

    assertThat(started("7", "")).isEqualTo(cancelled(job));
    assertThat(outcome(job).reason()).contains("does not name");
  }

  @Test
  void oursThatWaitsAgainIsCancelledWhenTheJobItsLostRunnerHadTakenIsOver() {
    var job = queue("7");
    var lost = grantOne(HOST);
    started("7", runner(lost));
    storage().leases().expire(3, 10, NOON.plus(TTL));

    assertThat(finished("7", runner(lost))).isEqualTo(cancelled(job));
  }

  @Test
  void aJobFinishedByAnotherRunnerThanTookItLeavesOursSpare() {
    var job = queue("7");
    var lease = grantOne(HOST);
    started("7", runner(lease));

    assertThat(finished("7", STRANGER))
        .isEqualTo(new Moved.Forward(Optional.empty(), just(job), Optional.empty()));
  }

  @Test
  void theEndOfAJobWhoseServingOneHasEndedChangesNothingElse() {
    var job = queue("7");
    var lease = grantOne(HOST);
    finish(lease, Outcome.exited(3));
    var before = job(job);

    assertThat(finished("7", runner(lease))).isEqualTo(forward(job));
    assertThat(job(job)).isEqualTo(before);
  }

  @Test
  void aJobNobodyAnnouncedIsRememberedAsStarted() {
    assertThat(started("7", STRANGER)).isEqualTo(new Moved.Unheard());

    assertThat(started("7", STRANGER)).isEqualTo(new Moved.Known());
    assertThat(asked("7", "7", OPEN)).isEqualTo(known());
    assertThat(waiting(ACME)).isZero();
    assertThat(openJobs()).isEmpty();
    assertThat(unserved()).isEmpty();
  }

  @Test
  void aJobNobodyAnnouncedIsRememberedAsFinished() {
    assertThat(finished("7", STRANGER)).isEqualTo(new Moved.Unheard());

    assertThat(asked("7", "7", OPEN)).isEqualTo(known());
    assertThat(started("7", STRANGER)).isEqualTo(new Moved.Known());
    assertThat(waiting(ACME)).isZero();
  }

  @Test
  void oursWhoseRunnerTookAJobNobodyAnnouncedServesIt() {
    var job = queue("1");
    var lease = grantOne(HOST);

    assertThat(started("9", runner(lease))).isEqualTo(new Moved.Unheard());

    var served = served(job).orElseThrow();
    assertThat(served.job().key()).isEqualTo(key("9"));
    assertThat(served.job().repository()).isEqualTo(Repository.NONE);
    assertThat(served.stage()).isEqualTo(Stage.STARTED);
    assertThat(openJobs()).isEmpty();
    assertThat(unserved()).containsExactly("1");
    assertThat(asked("9", "9", OPEN)).isEqualTo(known(job));
    assertThat(served(job).map(Served::job)).contains(forgeJob("9"));
    assertThat(openJobs()).containsExactly("9");
    admitted(asked("1", "1b", OPEN));
    assertThat(unserved()).isEmpty();
  }

  @Test
  void oursWhoseRunnerFinishedAJobNobodyAnnouncedServedIt() {
    var job = queue("1");
    var lease = grantOne(HOST);
    finish(lease, Outcome.exited(0));

    assertThat(finished("9", runner(lease))).isEqualTo(new Moved.Unheard());

    assertThat(serves(job)).isEqualTo("9");
    assertThat(unserved()).containsExactly("1");
  }

  private Moved started(String id, String runner) {
    return forges().started(ASKED, key(id), runner, NOON.plusSeconds(1));
  }

  private Moved finished(String id, String runner) {
    return forges().finished(ASKED, key(id), runner, "success", NOON.plusSeconds(2));
  }

  private static Moved forward(Job... by) {
    return new Moved.Forward(
        List.of(by).stream().map(Job::id).findFirst(), Optional.empty(), Optional.empty());
  }

  private static Moved cancelled(Job job) {
    return new Moved.Forward(Optional.empty(), Optional.empty(), just(job));
  }

  private Outcome outcome(Job job) {
    return ((JobState.Ended) state(job)).outcome();
  }

  /** A job that is promised a lot. */
  private static NewJobs rich(String id) {
    return serving(id).labels("gpu", "linux").size(2_000, 2L << 30).spec(spec("large", 2));
  }

  /** What the rich one is promised, but for one thing. */
  private static NewJobs without(String lesser) {
    var job = rich("2");
    return switch (lesser) {
      case "labels" -> job.labels("linux");
      case "size" -> job.size(1_000, 2L << 30);
      case "repository" -> job.repository("acme/site");
      case "image" -> job.spec(spec("small", 2));
      case "network" ->
          job.spec(
              new JobSpec(
                  List.of("run"), Map.of(), "large", Duration.ofHours(2), NetworkAccess.NONE));
      default -> job.spec(spec("large", 1));
    };
  }

  private static JobSpec spec(String image, int hours) {
    return new JobSpec(
        List.of("run"), Map.of(), image, Duration.ofHours(hours), NetworkAccess.HOST);
  }
}
