package dev.nimbus.testkit.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.id.Repository;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every forge's webhooks must mean, and which must not be believed. */
abstract class ForgeHookContract extends ForgeGround {
  private static final int MANY = 200;

  @Test
  void aJobThatBeginsToWaitIsHeard() {
    var events = eventsWhile(this::queue);

    if (!can(Ability.ANNOUNCES_QUEUED)) {
      assertThat(events).noneMatch(Event.JobQueued.class::isInstance);
    } else if (!can(Ability.NAMES_LABELS)) {
      assertThat(events).contains(new Event.LookAt(shop()));
    } else {
      var queued = (Event.JobQueued) events.getLast();
      assertThat(queued.job().labels()).containsExactly(LABELS);
      assertThat(queued.job().repository()).isEqualTo(shop());
      assertThat(queued.job().owner()).isEqualTo(FakeForge.OWNER);
      assertThat(queued.job().link().toString()).startsWith("http");
    }
  }

  @Test
  void aJobThatARunnerTookNamesTheRunner() {
    var job = queue();
    var events = eventsWhile(() -> fake().steal(job, "somebody-else"));

    if (can(Ability.ANNOUNCES_STARTED)) {
      assertThat(events).containsExactly(new Event.JobStarted(job, shop(), named("somebody-else")));
    } else {
      assertThat(events).noneMatch(Event.JobStarted.class::isInstance);
    }
  }

  @Test
  void aJobThatIsOverSaysHowItEndedAndWhoRanIt() {
    var job = queue();
    fake().steal(job, "somebody-else");
    var events = eventsWhile(() -> fake().finish(job));

    if (can(Ability.ANNOUNCES_FINISHED)) {
      assertThat(events)
          .containsExactly(new Event.JobFinished(job, shop(), named("somebody-else"), "success"));
    } else {
      assertThat(events).noneMatch(Event.JobFinished.class::isInstance);
    }
  }

  @Test
  void aJobCancelledWhileItWaitsIsOverAndNobodyRanIt() {
    var job = queue();
    var events = eventsWhile(() -> fake().cancel(job));

    if (can(Ability.ANNOUNCES_FINISHED)) {
      var finished = (Event.JobFinished) events.getLast();
      assertThat(finished.job()).isEqualTo(job);
      assertThat(finished.runner()).isEmpty();
      assertThat(finished.conclusion()).isNotEmpty().isNotEqualTo("success");
    } else {
      assertThat(events).noneMatch(Event.JobFinished.class::isInstance);
    }
  }

  @Test
  void aJobThatRunsAgainIsAnotherJob() {
    var job = queue();
    fake().steal(job, "somebody-else");
    fake().finish(job);
    var again = fake().rerun(job);

    assertThat(again).isNotEqualTo(job);
    assertThat(waitingKeys()).containsExactly(again);
  }

  @Test
  void anyOrderOfArrivalMeansTheSame() {
    var sent =
        new ArrayList<>(
            sentWhile(
                () -> {
                  var job = queue();
                  fake().steal(job, "somebody-else");
                  fake().finish(job);
                }));
    var inOrder = new ArrayList<>(sent.stream().map(this::event).toList());
    Collections.reverse(sent);
    Collections.reverse(inOrder);

    assertThat(sent.stream().map(this::event)).containsExactlyElementsOf(inOrder);
  }

  @Test
  void aRepeatedDeliveryIsKnownByItsId() {
    var delivery = delivery();
    var later = later(delivery, can(Ability.SIGNS_TIME) ? 60 : 3600);

    assertThat(forge().parse(delivery).deliveryId()).isNotEmpty();
    assertThat(forge().parse(later)).isEqualTo(forge().parse(delivery));
  }

  @Test
  void aDeliveryThatTravelledForLongIsRejectedWhereItsTimeIsSigned() {
    var delivery = delivery();

    for (var seconds : new int[] {-3600, 3600}) {
      var event = event(later(delivery, seconds));
      assertThat(event instanceof Event.Rejected).isEqualTo(can(Ability.SIGNS_TIME));
    }
  }

  @Test
  void everyDeliveryHasAnIdOfItsOwn() {
    var sent =
        sentWhile(
            () -> {
              for (var job = 0; job < 10; job++) {
                fake().cancel(queue());
              }
            });

    assertThat(sent).isNotEmpty();
    assertThat(sent.stream().map(forge()::parse).map(Heard::deliveryId)).doesNotHaveDuplicates();
  }

  @Test
  void namesOfHeadersAreReadInAnyCase() {
    var delivery = delivery();
    var shouted = new TreeMap<String, String>();
    delivery.headers().forEach((name, value) -> shouted.put(name.toUpperCase(Locale.ROOT), value));

    assertThat(event(new Delivery(shouted, delivery.body(), NOON))).isEqualTo(event(delivery));
  }

  @Test
  void parsingNeedsNoForge() {
    var delivery = delivery();
    var expected = event(delivery);
    fake().close();

    assertThat(event(delivery)).isEqualTo(expected).isNotInstanceOf(Event.Rejected.class);
  }

  @Test
  void aDeliverySignedWithAnotherSecretIsRejected() {
    var delivery = delivery();

    assertRejected(fake().signed(delivery, delivery.body(), "another secret"));
    assertRejected(fake().signed(delivery, delivery.body(), secret() + " "));
    assertRejected(fake().signed(delivery, delivery.body(), secret().substring(1)));
  }

  @Test
  void aDeliveryWithoutAnyOneOfItsHeadersIsNeverBelievedMore() {
    var delivery = delivery();
    for (var name : delivery.headers().keySet()) {
      var fewer = new TreeMap<>(delivery.headers());
      fewer.remove(name);

      assertThat(event(new Delivery(fewer, delivery.body(), NOON)))
          .as("without " + name)
          .satisfiesAnyOf(
              event -> assertThat(event).isEqualTo(event(delivery)),
              event -> assertThat(event).isInstanceOf(Event.Ignored.class),
              event -> assertThat(event).isInstanceOf(Event.Rejected.class));
    }
    assertRejected(new Delivery(Map.of(), delivery.body(), NOON));
  }

  @Test
  void headersFilledWithRubbishNeverThrow() {
    var delivery = delivery();
    for (var rubbish :
        new String[] {"", " ", "sha256=", "sha256=zz", "v1,", "\u00e4", "0,0", "-1"}) {
      for (var name : delivery.headers().keySet()) {
        var odd = new TreeMap<>(delivery.headers());
        odd.put(name, rubbish);

        assertThat(forge().parse(new Delivery(odd, delivery.body(), NOON)).event()).isNotNull();
      }
      var all = new TreeMap<>(delivery.headers());
      all.replaceAll((_, _) -> rubbish);
      assertRejected(new Delivery(all, delivery.body(), NOON));
    }
  }

  @Test
  void oneChangedByteIsNoticed() {
    var delivery = delivery();
    var random = new Random(7);
    for (var round = 0; can(Ability.SIGNS_BODY) && round < MANY; round++) {
      var changed = delivery.body().clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));

      assertRejected(new Delivery(delivery.headers(), changed, NOON));
    }
  }

  @Test
  void aCutBodyIsRejected() {
    var delivery = delivery();
    var random = new Random(8);
    for (var round = 0; round < MANY; round++) {
      var cut = Arrays.copyOf(delivery.body(), random.nextInt(delivery.body().length));

      assertRejected(new Delivery(delivery.headers(), cut, NOON));
      assertRejected(fake().signed(delivery, cut, secret()));
    }
  }

  @Test
  void aBodyThatMakesNoSenseIsRejectedThoughItIsSigned() {
    var delivery = delivery();
    for (var body :
        new String[] {"", "null", "[]", "7", "\"text\"", "{}", "{\"a\":", "payload=%7B%7D"}) {
      assertRejected(fake().signed(delivery, body.getBytes(StandardCharsets.UTF_8), secret()));
    }
  }

  @Test
  void rightlySignedRubbishNeverThrows() {
    var delivery = delivery();
    var random = new Random(9);
    for (var round = 0; round < MANY; round++) {
      var odd = delivery.body().clone();
      for (var change = 0; change <= round % 5; change++) {
        odd[random.nextInt(odd.length)] = (byte) random.nextInt(256);
      }

      assertThat(forge().parse(fake().signed(delivery, odd, secret())).event()).isNotNull();
    }
  }

  @Test
  void aBodyOf30MegabytesIsRejected() {
    var delivery = delivery();
    var huge = Arrays.copyOf(delivery.body(), 30 << 20);
    Arrays.fill(huge, delivery.body().length, huge.length, (byte) ' ');

    assertRejected(fake().signed(delivery, huge, secret()));
  }

  @Test
  void aBodyOfEndlessBracketsIsRejected() {
    var delivery = delivery();
    var deep = "{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8);

    assertRejected(fake().signed(delivery, deep, secret()));
  }

  @Test
  void aJobOfAnotherOwnerIsRejected() {
    var theirs = fake().repository("globex/shop");
    var sent = sentWhile(() -> fake().cancel(fake().queue(Wanted.job(theirs, LABELS))));

    assertThat(sent).isNotEmpty().allSatisfy(this::assertRejected);
  }

  @Test
  void aJobOfARepositoryThatIsNotConnectedIsRejected() {
    var connected = only(new Repository("acme/site"));
    var delivery = delivery();

    assertThat(connected.parse(delivery).event()).isInstanceOf(Event.Rejected.class);
    assertThat(only(shop()).parse(delivery).event()).isEqualTo(event(delivery));
  }

  @Test
  void aSecretIsChangedWithoutLosingADelivery() {
    var delivery = delivery();
    var another = fake().anotherSecret();
    var next = fake().signed(delivery, delivery.body(), another);
    var both = with(Map.of(fake().webhookSecret() + "_2", another));
    var nextOnly = with(Map.of(fake().webhookSecret(), another));

    assertRejected(next);
    assertThat(both.parse(delivery).event()).isEqualTo(event(delivery));
    assertThat(both.parse(next).event()).isEqualTo(event(delivery));
    assertThat(nextOnly.parse(next).event()).isEqualTo(event(delivery));
    assertThat(nextOnly.parse(delivery).event()).isInstanceOf(Event.Rejected.class);
  }

  private static Delivery later(Delivery delivery, int seconds) {
    return new Delivery(delivery.headers(), delivery.body(), NOON.plusSeconds(seconds));
  }

  private void assertRejected(Delivery delivery) {
    var heard = forge().parse(delivery);
    assertThat(heard.event()).isInstanceOf(Event.Rejected.class);
    var why = ((Event.Rejected) heard.event()).why();
    assertThat(why).isNotBlank().hasSizeLessThan(500).doesNotContain(secret());
  }
}
