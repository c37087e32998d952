package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.controlplane.forge.ForgePlane;
import dev.nimbus.controlplane.intake.ForgeIntake.Taken;
import dev.nimbus.controlplane.policy.PolicyDocument;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.policy.AdmissionPolicy;
import dev.nimbus.core.storage.ForgeStore.Stage;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs of a GitHub that lives in memory, from its webhook to the runner that took them. */
final class ForgeFlowTest {
  private static final Duration TTL = Duration.ofSeconds(30);

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final FakeForge github = FakeGitHub.start(time);
  private final ForgePlane plane;

  ForgeFlowTest(@TempDir Path folder) {
    plane = new ForgePlane(folder, time, github.connection(), github.secrets(), TTL);
  }

  @AfterEach
  void close() {
    plane.close();
    github.close();
  }

  @Test
  void aWebhookBecomesAJobAndItsRunnerTakesTheForgesJob() {
    var key = github.queue(wanted());
    var job = admitted(last());
    var lease = lease();
    assertThat(lease.job().id()).isEqualTo(job);

    var taken = github.run(plane.mint.mint(ForgePlane.HOST, job, lease.fence()));

    assertThat(taken).contains(key);
    plane.receive(last());
    assertThat(plane.served(job).stage()).isEqualTo(Stage.STARTED);
    github.finish(key);
    plane.receive(last());
    assertThat(plane.served(job).stage()).isEqualTo(Stage.FINISHED);
    assertThat(plane.served(job).conclusion()).isEqualTo("success");
  }

  @Test
  void aDeliveryThatComesAgainChangesNothing() {
    github.queue(wanted());
    admitted(last());

    assertThat(plane.receive(last())).isInstanceOf(Taken.Duplicate.class);
    assertThat(plane.waiting()).isEqualTo(1);
    assertThat(plane.metrics.exposition())
        .contains("nimbus_control_plane_webhook_replays_blocked{org=\"default\"} 1");
  }

  @Test
  void aJobWhoseWebhookWasLostIsFoundByAsking() {
    github.queue(wanted());

    plane.repair.all(plane.connection);
    plane.repair.all(plane.connection);

    assertThat(plane.waiting()).isEqualTo(1);
    assertThat(plane.receive(last())).isNotInstanceOf(Taken.Admitted.class);
    assertThat(plane.waiting()).isEqualTo(1);
  }

  @Test
  void aJobCancelledAtItsForgeLeavesTheQueue() {
    var key = github.queue(wanted());
    var job = admitted(last());

    github.cancel(key);
    plane.receive(last());

    assertThat(plane.waiting()).isZero();
    assertThat(plane.served(job).stage()).isEqualTo(Stage.FINISHED);
  }

  @Test
  void aJobThatDoesNotAskForNimbusIsLeftAlone() {
    github.queue(Wanted.job(github.repository("acme/shop"), "ubuntu-latest"));

    assertThat(plane.receive(last())).isInstanceOf(Taken.Noted.class);
    assertThat(plane.waiting()).isZero();
  }

  @Test
  void aJobThatPolicyRefusesIsShownWithItsRule() {
    plane.policy(
        (org, job) ->
            new Admission.Denied(new Admission.Denial("no-shop", "not on a Monday"), List.of()));
    github.queue(wanted());

    assertThat(plane.receive(last()))
        .isInstanceOfSatisfying(
            Taken.Refused.class,
            refused -> {
              assertThat(refused.rule()).isEqualTo("no-shop");
              var stored =
                  plane.storage.jobs().find(plane.connection.org(), refused.job()).orElseThrow();
              assertThat(stored.state().word()).isEqualTo("rejected");
            });
  }

  @Test
  void labelsThatMeanNothingAreRefusedWithTheLabel() {
    github.queue(Wanted.job(github.repository("acme/shop"), "nimbus", "cpus:many"));

    assertThat(plane.receive(last()))
        .isInstanceOfSatisfying(
            Taken.Refused.class, refused -> assertThat(refused.why()).contains("cpus:many"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"param:=empty", "image:under scores", "meta:"})
  void aJobWithALabelNoneMayHaveIsRefusedAndHoldsUpNoOther(String label) {
    github.queue(Wanted.job(github.repository("acme/shop"), "nimbus", label));
    github.queue(wanted());

    plane.repair.all(plane.connection);

    assertThat(plane.storage.jobs().counts(plane.connection.org()))
        .containsEntry("rejected", 1L)
        .containsEntry("waiting", 1L);
  }

  @Test
  void policyIsHeardBeforeLabelsAreFoundWrong() {
    plane.policy(refusal("not on a Monday"));
    github.queue(Wanted.job(github.repository("acme/shop"), "nimbus", "param:=empty"));

    assertThat(plane.receive(last()))
        .isInstanceOfSatisfying(
            Taken.Refused.class, refused -> assertThat(refused.rule()).isEqualTo("no-shop"));
  }

  @Test
  void aJobThatAsksForAnImageWaitsForAHostThatHasIt() {
    github.queue(Wanted.job(github.repository("acme/shop"), "nimbus", "image:ubuntu-24.04"));
    var job = admitted(last());

    assertThat(plane.leases(1)).isEmpty();
    assertThat(
            plane
                .storage
                .jobs()
                .find(plane.connection.org(), job)
                .orElseThrow()
                .requirements()
                .labels()
                .values())
        .contains("image:ubuntu-24.04");
  }

  @Test
  void aHostWithAnOldFenceGetsNoCredential() {
    github.queue(wanted());
    var job = admitted(last());
    var lease = lease();

    assertThatThrownBy(
            () -> plane.mint.mint(ForgePlane.HOST, job, new Fence(lease.fence().value() + 1)))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.code()).isEqualTo("stale-fence"));
    assertThatThrownBy(() -> plane.mint.mint(new HostId("other"), job, lease.fence()))
        .isInstanceOf(NimbusException.class);
    assertThat(github.runners()).isEmpty();
  }

  @Test
  void aRunnerWhoseSandboxIsOverIsForgottenAtItsForge() {
    github.queue(wanted());
    var job = admitted(last());
    var lease = lease();
    plane.mint.mint(ForgePlane.HOST, job, lease.fence());
    assertThat(github.runners()).hasSize(1);
    time.step(TTL.plusSeconds(1));
    plane.storage.leases().expire(3, 10, time.instant());

    plane.repair.all(plane.connection);

    assertThat(github.runners()).isEmpty();
  }

  @Test
  void aJobOfWhichTooLittleIsSaidIsAskedAboutAndThenDecided() {
    plane.policy(PolicyDocument.DEFAULT.rules());
    github.queue(wanted());

    assertThat(plane.receive(last())).isInstanceOf(Taken.Unsure.class);

    assertThat(plane.waiting()).isEqualTo(1);
    assertThat(plane.receive(last())).isInstanceOf(Taken.Duplicate.class);
  }

  @Test
  void aJobThatIsRefusedIsToldToItsForgeOnce() {
    plane.policy(refusal("not on a Monday"));
    var key = github.queue(wanted());
    plane.receive(last());

    plane.repair.all(plane.connection);
    assertThat(github.saidOf(key)).contains("not on a Monday");
    plane.policy(refusal("not on a Tuesday"));
    plane.repair.all(plane.connection);

    assertThat(github.saidOf(key)).contains("not on a Monday");
  }

  @Test
  void aJobThatNoHostTookInTimeIsGivenUpAndItsForgeTold() {
    var key = github.queue(Wanted.job(github.repository("acme/shop"), "nimbus", "gpu"));
    var job = admitted(last());

    time.step(Duration.ofDays(1));
    plane.repair.all(plane.connection);
    assertThat(plane.waiting()).isEqualTo(1);
    time.step(Duration.ofDays(2));
    plane.repair.all(plane.connection);
    plane.repair.all(plane.connection);

    assertThat(plane.state(job)).isEqualTo("dead");
    assertThat(github.saidOf(key)).contains("No host took it");
  }

  @Test
  void aJobThatWasRetriedMayWaitAsLongAsAnyOther() {
    github.queue(Wanted.job(github.repository("acme/shop"), "nimbus", "gpu"));
    var job = admitted(last());
    var jobs = plane.storage.jobs();
    jobs.cancel(plane.connection.org(), job, "alice", time.instant());
    time.step(Duration.ofDays(3));
    jobs.retry(plane.connection.org(), job, time.instant());

    time.step(Duration.ofDays(1));
    plane.repair.all(plane.connection);
    assertThat(plane.state(job)).isEqualTo("waiting");
    time.step(Duration.ofDays(2));
    plane.repair.all(plane.connection);

    assertThat(plane.state(job)).isEqualTo("dead");
  }

  @Test
  void aJobWhoseRunnerItsForgeRefusesTimeAndAgainIsGivenUpInTime() {
    var key = github.queue(wanted());
    var job = admitted(last());
    var refused = new GivingBack.Postponed("refused", Duration.ofMinutes(1));

    for (var hours = 0; plane.waiting() > 0; hours++) {
      assertThat(hours).isLessThanOrEqualTo((int) ForgePlane.GIVE_UP_AFTER.toHours() + 1);
      var lease = lease();
      plane.storage.leases().giveBack(ForgePlane.HOST, job, lease.fence(), refused, time.instant());
      time.step(Duration.ofHours(1));
      plane.repair.all(plane.connection);
    }

    assertThat(github.saidOf(key)).contains("No host took it");
  }

  @Test
  void aJobRefusedByRulesThatChangedIsServedAfterAll() {
    plane.policy(refusal("not on a Monday"));
    github.queue(wanted());
    plane.receive(last());

    plane.policy(AdmissionPolicy.OPEN);
    plane.repair.all(plane.connection);

    assertThat(plane.waiting()).isEqualTo(1);
  }

  @Test
  void aJobThatWaitsAndIsRefusedByNewRulesLeavesTheQueue() {
    github.queue(wanted());
    admitted(last());

    plane.policy(refusal("not on a Monday"));
    plane.repair.all(plane.connection);

    assertThat(plane.waiting()).isZero();
  }

  @Test
  void aHintIsFollowedAtOnceAndARoundThatIsDueByItself() {
    github.queue(wanted());
    plane.rounds.soon(plane.connection, wanted().repository());
    assertThat(plane.waiting()).isEqualTo(1);

    github.queue(wanted());
    plane.rounds.step();
    assertThat(plane.waiting()).isEqualTo(1);
    time.step(Duration.ofMinutes(2));
    plane.rounds.step();

    assertThat(plane.waiting()).isEqualTo(2);
  }

  @Test
  void aForgeThatCannotBeReachedIsAskedAgain() {
    github.queue(wanted());
    github.suffer(Fault.REVOKED);
    plane.rounds.step();
    assertThat(plane.waiting()).isZero();

    github.recover();
    time.step(Duration.ofSeconds(40));
    plane.rounds.step();

    assertThat(plane.waiting()).isEqualTo(1);
  }

  private static AdmissionPolicy refusal(String why) {
    return (org, job) -> new Admission.Denied(new Admission.Denial("no-shop", why), List.of());
  }

  private Wanted wanted() {
    return Wanted.job(github.repository("acme/shop"), "nimbus", "linux", "x64");
  }

  private Delivery last() {
    return github.sent().getLast();
  }

  private JobId admitted(Delivery delivery) {
    return switch (plane.receive(delivery)) {
      case Taken.Admitted(var job) -> job;
      case Taken other -> throw new AssertionError("Not admitted: " + other);
    };
  }

  private Lease lease() {
    return plane.leases(1).getFirst();
  }
}
