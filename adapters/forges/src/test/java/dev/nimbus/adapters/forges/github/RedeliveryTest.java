package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.Mischief;
import dev.nimbus.testkit.forge.github.Setup;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

final class RedeliveryTest extends GitHubCase {
  private static final Mischief ALL_LOST = Mischief.ofWebhooks(1, 100, 0, 0);

  @Test
  void whatNeverArrivedIsSentAgain() {
    use(Setup.USUAL.with(ALL_LOST));
    var forge = open();
    var job = fake().queue(Wanted.job(shop(), "nimbus"));
    assertThat(fake().sent()).isEmpty();

    assertThat(forge.redeliver(Connections.NOON, 10)).isEqualTo(1);
    var queued = (Event.JobQueued) forge.parse(fake().sent().getFirst()).event();
    assertThat(queued.job().key()).isEqualTo(job);
  }

  @Test
  void whatArrivedIsNotSentAgain() {
    fake().queue(Wanted.job(shop(), "nimbus"));
    var forge = open();

    assertThat(forge.redeliver(Connections.NOON, 10)).isZero();
    assertThat(fake().sent()).hasSize(1);
  }

  @Test
  void whatArrivedTheSecondTimeIsNotSentAThird() {
    use(Setup.USUAL.with(ALL_LOST));
    var forge = open();
    fake().queue(Wanted.job(shop(), "nimbus"));
    forge.redeliver(Connections.NOON, 10);

    assertThat(forge.redeliver(Connections.NOON, 10)).isZero();
  }

  @Test
  void whatIsOlderIsLeftAlone() {
    use(Setup.USUAL.with(ALL_LOST));
    var forge = open();
    fake().queue(Wanted.job(shop(), "nimbus"));
    time.step(Duration.ofHours(1));

    assertThat(forge.redeliver(time.instant(), 10)).isZero();
  }

  @Test
  void noMoreAreSentAgainThanAskedFor() {
    use(Setup.USUAL.with(ALL_LOST));
    var forge = open();
    for (var job = 0; job < 5; job++) {
      fake().queue(Wanted.job(shop(), "nimbus"));
    }

    assertThat(forge.redeliver(Connections.NOON, 2)).isEqualTo(2);
    assertThat(forge.redeliver(Connections.NOON, 9)).isEqualTo(3);
  }

  @Test
  void aTokenThatKnowsTheWebhookCanHaveItSentAgain() {
    use(Setup.USUAL.with(ALL_LOST).withApps(0));
    fake().queue(Wanted.job(shop(), "nimbus"));

    assertThat(open().redeliver(Connections.NOON, 10)).isEqualTo(1);
  }

  @Test
  void ofManyThatTravelBadlyNoneIsMissedInTheEnd() {
    for (var seed = 0; seed < 5; seed++) {
      use(Setup.USUAL.with(Mischief.ofWebhooks(seed, 5, 10, 30)));
      var forge = open();
      for (var job = 0; job < 300; job++) {
        fake().queue(Wanted.job(shop(), "nimbus"));
      }
      fake().flush();
      assertThat(forge.redeliver(Connections.NOON, 1_000)).isPositive();

      var heard = fake().sent().stream().map(forge::parse).map(Heard::event).toList();
      assertThat(heard).hasSizeGreaterThan(300);
      assertThat(new HashSet<>(heard)).hasSize(300);
    }
  }
}
