package dev.nimbus.testkit.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every forge must answer when it is asked for its jobs. */
abstract class ForgeDemandContract extends ForgeHookContract {
  @Test
  void nothingWaitsAtAnIdleForge() {
    assertThat(forge().waiting(Optional.empty())).isEmpty();
    assertThat(forge().waiting(Optional.of(shop()))).isEmpty();
  }

  @Test
  void aJobWaitsWithAllThatPolicyAsksFor() {
    var job = waitingJob();

    assertThat(job.labels()).containsExactly(LABELS);
    assertThat(job.repository()).isEqualTo(shop());
    assertThat(job.owner()).isEqualTo(FakeForge.OWNER);
    assertThat(job.name()).isNotEmpty();
    assertThat(job.link().toString()).startsWith("http");
    assertThat(job.queuedAt()).isEqualTo(NOON);
    assertThat(job.handle().isEmpty()).isEqualTo(!can(Ability.PAIRS));
  }

  @Test
  void theCodeOfStrangersIsKnownForWhatItIs() {
    fake().queue(Wanted.job(shop(), LABELS));
    fake().queue(Wanted.job(shop(), LABELS).fromFork());

    var trust = forge().waiting(Optional.empty()).stream().map(ForgeJob::trust).toList();
    if (can(Ability.TELLS_TRUST)) {
      assertThat(trust).containsExactlyInAnyOrder(ForgeJob.Trust.MEMBER, ForgeJob.Trust.FORK);
    } else {
      assertThat(trust).containsOnly(ForgeJob.Trust.UNKNOWN);
    }
  }

  @Test
  void whatWaitsIsWhatWasAnnounced() {
    var events = eventsWhile(this::queue);

    for (var event : events) {
      if (event instanceof Event.JobQueued(var job)) {
        assertThat(waitingKeys()).containsExactly(job.key());
      }
    }
  }

  @Test
  void aJobThatRunsDoesNotWait() {
    var running = queue();
    var waiting = queue();
    assertThat(waitingKeys()).containsExactlyInAnyOrder(running, waiting);
    fake().steal(running, "somebody-else");

    assertThat(waitingKeys()).containsExactly(waiting);
  }

  @Test
  void aJobThatIsOverDoesNotWait() {
    var cancelled = queue();
    var finished = queue();
    assertThat(waitingKeys()).containsExactlyInAnyOrder(cancelled, finished);
    fake().cancel(cancelled);
    fake().steal(finished, "somebody-else");
    fake().finish(finished);

    assertThat(waitingKeys()).isEmpty();
  }

  @Test
  void jobsOfAllRepositoriesWait() {
    var site = fake().repository("acme/site");
    var one = queue();
    var other = fake().queue(Wanted.job(site, LABELS));

    assertThat(waitingKeys()).containsExactlyInAnyOrder(one, other);
    assertThat(keys(forge().waiting(Optional.of(shop())))).containsExactly(one);
    assertThat(keys(forge().waiting(Optional.of(site)))).containsExactly(other);
  }

  @Test
  void aConnectionToSomeRepositoriesSeesNoOther() {
    var site = fake().repository("acme/site");
    queue();
    var other = fake().queue(Wanted.job(site, LABELS));

    assertThat(keys(only(site).waiting(Optional.empty()))).containsExactly(other);
    assertThat(keys(only(site).waiting(Optional.of(shop())))).isEmpty();
  }

  @Test
  void jobsOfOtherOwnersDoNotWait() {
    fake().queue(Wanted.job(fake().repository("globex/shop"), LABELS));

    assertThat(waitingKeys()).isEmpty();
  }

  @Test
  void moreJobsWaitThanAPageHolds() {
    var expected = new ArrayList<ForgeJobKey>();
    for (var job = 0; job < 230; job++) {
      expected.add(queue());
    }

    assertThat(waitingKeys()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void lookingTwiceSeesTheSame() {
    queue();
    queue();

    assertThat(forge().waiting(Optional.empty())).isEqualTo(forge().waiting(Optional.empty()));
  }

  @Test
  void aJobIsKnownForWhatItIsAtEveryStep() {
    var job = queue();
    var queued = forge().ask(job, shop()).orElseThrow();
    fake().steal(job, "somebody-else");
    var started = forge().ask(job, shop()).orElseThrow();
    fake().finish(job);
    var finished = forge().ask(job, shop());

    assertThat(((Event.JobQueued) queued).job().key()).isEqualTo(job);
    assertThat(((Event.JobQueued) queued).job().labels()).containsExactly(LABELS);
    assertThat(started).isEqualTo(new Event.JobStarted(job, shop(), named("somebody-else")));
    if (can(Ability.KNOWS_THE_PAST)) {
      assertThat(finished)
          .contains(new Event.JobFinished(job, shop(), named("somebody-else"), "success"));
    } else {
      assertThat(finished).isEmpty();
    }
  }

  @Test
  void askingSaysWhoseCodeAJobRuns() {
    var job = fake().queue(Wanted.job(shop(), LABELS).fromFork());

    var queued = (Event.JobQueued) forge().ask(job, shop()).orElseThrow();
    assertThat(queued.job().trust())
        .isEqualTo(can(Ability.TELLS_TRUST) ? ForgeJob.Trust.FORK : ForgeJob.Trust.UNKNOWN);
  }

  @Test
  void aJobNobodyKnowsIsEmpty() {
    assertThat(forge().ask(new ForgeJobKey("987654321", 1), shop())).isEmpty();
  }

  @Test
  void askingWithACredentialThatIsNoLongerGoodIsDenied() {
    queue();
    fake().suffer(Fault.REVOKED);

    assertFails(() -> forge().waiting(Optional.empty()), Kind.DENIED);
    assertFails(() -> forge().runners(), Kind.DENIED);
  }

  @Test
  void askingWithoutPermissionIsDenied() {
    queue();
    fake().suffer(Fault.FORBIDS);

    assertFails(() -> forge().waiting(Optional.of(shop())), Kind.DENIED);
    assertFails(() -> forge().runners(), Kind.DENIED);
  }

  @Test
  void aForgeThatFailsIsUnavailableAndNotEmpty() {
    var job = queue();
    fake().suffer(Fault.FAILS);

    assertFails(() -> forge().waiting(Optional.empty()), Kind.UNAVAILABLE);
    assertFails(() -> forge().ask(job, shop()), Kind.UNAVAILABLE);
    assertFails(() -> forge().runners(), Kind.UNAVAILABLE);

    fake().recover();
    assertThat(waitingKeys()).containsExactly(job);
  }

  @Test
  void aForgeThatIsAwayIsUnavailable() {
    fake().close();

    assertFails(() -> forge().waiting(Optional.of(shop())), Kind.UNAVAILABLE);
    assertFails(() -> forge().runners(), Kind.UNAVAILABLE);
  }

  @Test
  void aForgeThatAsksToBeLeftAloneIs() {
    var job = queue();
    fake().suffer(Fault.LIMITS);
    assertFails(() -> forge().waiting(Optional.empty()), Kind.UNAVAILABLE);
    fake().recover();

    assertFails(() -> forge().waiting(Optional.empty()), Kind.UNAVAILABLE);
    time().step(Duration.ofMinutes(2));
    assertThat(waitingKeys()).containsExactly(job);
  }

  static void assertFails(ThrowingCallable call, Kind kind) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NimbusException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }
}
