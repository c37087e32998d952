package dev.nimbus.controlplane.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.org.OrgLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForgeRepairTest {
  private static final String SHOP = "acme/shop";
  private static final String MOVED = "acme/moved";

  private final RepairGround ground;
  private final ForgeRepair repair;

  ForgeRepairTest(@TempDir Path folder) {
    ground = new RepairGround(folder);
    repair = ground.repair();
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @Test
  void aJobTheForgeRefusesToSpeakOfHoldsUpNoOther() {
    ground.announce("1", MOVED);
    ground.announce("2", SHOP);
    fail(MOVED, Kind.DENIED);

    settle();

    assertThat(ground.open()).containsExactly("1");
  }

  @Test
  void aRunnerTheForgeRefusesToForgetHoldsUpNoOther() {
    leaveRunner("j-1", MOVED);
    leaveRunner("j-2", SHOP);
    fail(MOVED, Kind.DENIED);

    settle();

    assertThat(ground.forge.retired).containsExactly(runner("j-2"));
  }

  @Test
  void moreRunnersThanARoundSeesToThatAreRefusedHideNoOther() {
    for (var i = 100; i < 300; i++) {
      leaveRunner("j-" + i, MOVED);
    }
    leaveRunner("j-300", SHOP);
    fail(MOVED, Kind.DENIED);

    settle();
    settle();

    assertThat(ground.forge.retired).containsExactly(runner("j-300"));
  }

  @Test
  void aFullQueueOfOursDoesNotKeepWhatIsOverFromBeingClosed() {
    ground.announce("1", SHOP);
    ground.storage.orgs().limit(RepairGround.ORG, new OrgLimits(10, 10, 1));
    ground.forge.waiting.add(ground.job("2", SHOP));
    ground.forge.waiting.add(ground.job("3", SHOP));

    settle();

    assertThat(ground.open()).isEmpty();
    repair.all(ground.connection);
    assertThat(ground.open()).containsExactly("2");
  }

  @Test
  void aForgeThatAnswersNobodyIsLeftAloneAfterAFewTries() {
    for (var i = 10; i < 30; i++) {
      ground.announce("" + i, MOVED);
    }
    fail(MOVED, Kind.UNAVAILABLE);

    assertThatThrownBy(this::settle).isInstanceOf(NimbusException.class);

    assertThat(ground.forge.asked).hasSize(5);
  }

  @Test
  void whatFailedBeforeComesAfterWhatDidNot() {
    for (var i = 10; i < 15; i++) {
      ground.announce("" + i, MOVED);
    }
    ground.announce("20", SHOP);
    fail(MOVED, Kind.UNAVAILABLE);
    assertThatThrownBy(this::settle).isInstanceOf(NimbusException.class);
    assertThat(ground.open()).contains("20");

    assertThatThrownBy(this::settle).isInstanceOf(NimbusException.class);

    assertThat(ground.open()).doesNotContain("20");
  }

  @Test
  void youngJobsAreSettledHoweverManyOlderOnesStayOpen() {
    for (var i = 0; i < 450; i++) {
      ground.announce("" + (1_000 + i), MOVED);
    }
    ground.time.step(Duration.ofSeconds(1));
    ground.announce("9", SHOP);
    fail(MOVED, Kind.DENIED);

    for (var round = 0; round < 3; round++) {
      settle();
    }

    assertThat(ground.open()).hasSize(450).doesNotContain("9");
    assertThat(ground.forge.asked).hasSize(451);
    settle();
    assertThat(ground.forge.asked).hasSize(651);
  }

  @Test
  void jobsThatStillWaitCostNoQuestionAndHideNoneThatAreOver() {
    for (var i = 0; i < 450; i++) {
      ground.announce("" + (1_000 + i), SHOP);
      ground.forge.waiting.add(ground.job("" + (1_000 + i), SHOP));
    }
    ground.time.step(Duration.ofSeconds(1));
    ground.announce("9", SHOP);

    settle();

    assertThat(ground.forge.asked).hasSize(1);
    assertThat(ground.open()).hasSize(450).doesNotContain("9");
  }

  @Test
  void webhooksAreAskedAboutFromWhereTheLastOnesWereSentAgain() {
    var began = ground.time.instant();

    repair.all(ground.connection);
    later();
    later();

    assertThat(ground.forge.redelivered)
        .containsExactly(
            began.minus(Duration.ofDays(3)),
            began.minus(Duration.ofMinutes(15)),
            began.minus(Duration.ofMinutes(9)));
  }

  @Test
  void webhooksBeyondWhatIsSentAgainAtOnceAreNotForgotten() {
    var began = ground.time.instant();
    ground.forge.lost = 700;

    repair.all(ground.connection);
    ground.forge.lost = 200;
    later();
    later();

    assertThat(ground.forge.redelivered)
        .containsExactly(
            began.minus(Duration.ofDays(3)),
            began.minus(Duration.ofDays(3)),
            began.minus(Duration.ofMinutes(9)));
  }

  @Test
  void nothingIsRememberedOfAConnectionThatIsGone() {
    var other = ground.connect("other");
    repair.all(other);
    ground.connections.remove(other.org(), other.name());
    repair.all(ground.connection);

    ground.time.step(Duration.ofMinutes(6));
    var again = ground.connect("other");
    repair.all(again);

    assertThat(ground.forge.redelivered.getLast())
        .isEqualTo(ground.time.instant().minus(Duration.ofDays(3)));
  }

  private void later() {
    ground.time.step(Duration.ofMinutes(6));
    repair.all(ground.connection);
  }

  /** A round so late that nothing is too young to be asked about. */
  private void settle() {
    ground.time.step(Duration.ofMinutes(1));
    repair.all(ground.connection);
  }

  private void fail(String repository, Kind kind) {
    ground.forge.failing.put(new Repository(repository), new NimbusException(kind, "moved"));
  }

  private void leaveRunner(String job, String repository) {
    var sandbox = new SandboxId(new JobId(job), new Fence(1));
    ground
        .storage
        .forges()
        .registering(
            RepairGround.ORG,
            ground.connection.id(),
            sandbox,
            new Repository(repository),
            ground.time.instant());
  }

  private static RunnerName runner(String job) {
    return RunnerName.of(new SandboxId(new JobId(job), new Fence(1)));
  }
}
