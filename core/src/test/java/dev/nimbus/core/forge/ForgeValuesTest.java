package dev.nimbus.core.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.storage.ForgeStore.Source;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForgeValuesTest {
  private static final ForgeJobKey KEY = new ForgeJobKey("7", 1);
  private static final Repository REPOSITORY = new Repository("acme/shop");
  private static final String LONG = "x".repeat(10_000);

  @Test
  void theRunnerOfASandboxIsKnownByItsName() {
    var sandbox = new SandboxId(new JobId("j-01h8-x"), new Fence(12));

    assertThat(RunnerName.sandboxOf(RunnerName.of(sandbox).value())).contains(sandbox);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nimbus-",
        "nimbus-j",
        "nimbus-j-",
        "nimbus-j-x",
        "nimbus-J-1",
        "other-j-1"
      })
  void otherNamesAreNobodysOfOurs(String name) {
    assertThat(RunnerName.sandboxOf(name)).isEmpty();
    assertThat(RunnerName.sandboxOf("nimbus-j-1".repeat(20))).isEmpty();
  }

  @Test
  void wordsOfAForgeAreCut() {
    var finished = new Event.JobFinished(KEY, REPOSITORY, LONG, LONG);

    assertThat(finished.runner()).hasSize(Event.MAX_WORD);
    assertThat(finished.conclusion()).hasSize(Event.MAX_WORD);
    assertThat(new Event.JobStarted(KEY, REPOSITORY, LONG).runner()).hasSize(Event.MAX_WORD);
  }

  @Test
  void textAboutAJobIsCutAndWhatMustBeWholeIsRefused() {
    var job = job(LONG, "handle", URI.create("https://forge.example"));

    assertThat(job.owner()).hasSize(500);
    assertThat(job.labels().getFirst()).hasSize(500);
    assertThat(job.title()).hasSize(500);
    assertThatThrownBy(() -> job("", LONG, URI.create("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7#1");
    assertThatThrownBy(() -> job("", "", URI.create("https://forge.example/" + LONG)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDeliveryIdThatWasNotCutIsRefused() {
    assertThatThrownBy(() -> new Source(OrgId.DEFAULT, new ConnectionId("c"), LONG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ForgeJob job(String text, String handle, URI link) {
    return new ForgeJob(
        KEY,
        text,
        REPOSITORY,
        List.of(text),
        text,
        text,
        text,
        text,
        text,
        text,
        ForgeJob.Trust.UNKNOWN,
        handle,
        link,
        Instant.EPOCH);
  }

  @Test
  void aQueueSaysHowManyOfItsJobsAreNotKnown() {
    var queue = new QueueStatistics(4, 0, 5, 2, 3, 2, 1);

    assertThat(queue.waiting()).isEqualTo(3);
    assertThat(queue.missing(1)).isEqualTo(2);
    assertThat(queue.missing(7)).isZero();
    assertThat(queue.surplus(7)).isEqualTo(4);
    assertThat(queue.surplus(1)).isZero();
    assertThat(new QueueStatistics(0, 0, 1, 2, 0, 0, 0).waiting()).isZero();
    assertThatThrownBy(() -> new QueueStatistics(0, 0, 0, 0, 0, 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSeatAtAQueueNamesTheQueueAndWhoListens() {
    for (var seat :
        List.of(List.of("", "me", ""), List.of("q", " ", ""), List.of("q", "me", LONG))) {
      assertThatThrownBy(() -> new Listening.Seat(seat.get(0), seat.get(1), seat.get(2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Not a seat");
    }
  }
}
