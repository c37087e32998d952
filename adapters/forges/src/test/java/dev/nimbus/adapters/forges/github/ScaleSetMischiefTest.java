package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Listening.Opening;
import dev.nimbus.core.forge.Listening.Seat;
import dev.nimbus.core.forge.QueueSession.Next;
import dev.nimbus.testkit.forge.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Listening on a bad day: no job is lost, and none is told of as another one. */
final class ScaleSetMischiefTest extends ScaleSetCase {
  @Test
  void whatWasNotAcknowledgedIsSaidAgainToTheSameListener() {
    var session = session(openWithSet());
    queue();

    var first = batch(session);
    var second = batch(session);

    assertThat(second).isEqualTo(first);
    session.acknowledge(second);
    session.acknowledge(second);
    assertThat(session.next(MANY)).isEqualTo(new Next.Nothing());
  }

  @Test
  void aSessionThatEndsAmidABatchLosesNothing() {
    var forge = openWithSet();
    var session = session(forge);
    queue();
    var before = batch(session);
    fake().scaleSets().killSessions();

    session.acknowledge(before);
    assertThat(session.next(MANY)).isInstanceOf(Next.Lost.class);
    assertThat(session.acquire(before.offers())).isEmpty();
    var after = session(forge);

    assertThat(batch(after)).isEqualTo(before);
  }

  @Test
  void anAcknowledgementThatIsLostIsMadeAgain() {
    var session = session(openWithSet());
    queue();
    var batch = batch(session);
    fake().scaleSets().loseAcknowledgement();

    assertUnavailable(() -> session.acknowledge(batch));
    assertThat(batch(session)).isEqualTo(batch);
    session.acknowledge(batch);
    assertThat(session.next(MANY)).isEqualTo(new Next.Nothing());
    assertThat(fake().scaleSets().unacknowledged("nimbus")).isZero();
  }

  @Test
  void anAcknowledgementWhoseAnswerIsLostWasMade() {
    var session = session(openWithSet());
    queue();
    var batch = batch(session);
    fake().scaleSets().loseAnswer();

    assertUnavailable(() -> session.acknowledge(batch));
    assertThat(session.next(MANY)).isEqualTo(new Next.Nothing());
    session.acknowledge(batch);
    queue();
    assertThat(events(batch(session))).hasSize(1);
  }

  @Test
  void aListenersTokenThatRunsOutIsRenewed() {
    var session = session(openWithSet());
    queue();
    time.step(Duration.ofMinutes(61));
    var batch = batch(session);
    fake().scaleSets().expireQueueTokens();
    session.acknowledge(batch);
    fake().scaleSets().expireQueueTokens();

    assertThat(session.next(MANY)).isEqualTo(new Next.Nothing());
    assertThat(fake().scaleSets().unacknowledged("nimbus")).isZero();
    assertThat(setCalls.stream().filter(call -> call.method().equals("PATCH"))).hasSize(3);
  }

  @Test
  void aTokenThatIsRefusedBeforeItsTimeIsRenewed() {
    var forge = openWithSet();
    var session = session(forge);
    queue();
    var job = job(session);
    fake().scaleSets().expireAdminTokens();
    ready(forge.register(spec(1, job)));
    fake().scaleSets().expireAdminTokens();
    fake().scaleSets().expireQueueTokens();

    assertThat(session.next(MANY)).isEqualTo(new Next.Nothing());
  }

  @Test
  void jobsAreAcquiredWithARenewedToken() {
    fake().scaleSets().offerJobs();
    var session = session(openWithSet());
    queue();
    var batch = batch(session);
    fake().scaleSets().expireQueueTokens();

    assertThat(session.acquire(batch.offers())).isEqualTo(batch.offers());
  }

  @Test
  void whoeverCrashedIsFollowedAtOnceByWhoKnowsItsSession() {
    var forge = openWithSet();
    var crashed = session(forge);
    queue();
    var heard = batch(crashed);

    var after = session(openWithSet(), new Seat("nimbus", "nimbus at home", crashed.id()));

    assertThat(batch(after)).isEqualTo(heard);
    assertThat(crashed.next(MANY)).isInstanceOf(Next.Lost.class);
  }

  @Test
  void somebodyElsesSessionIsLeftAlone() {
    var forge = openWithSet();
    session(forge).close();
    fake().scaleSets().takeOver("nimbus", "the other program");
    var seat = new Seat("nimbus", "nimbus at home", "5c0f5a1e-6a2b-4d0e-9f53-9c7d2f0d7f11");

    var opening = forge.listen(seat);

    assertThat(opening)
        .isInstanceOfSatisfying(
            Opening.Later.class,
            later -> {
              assertThat(later.notBefore()).isAfter(time.instant());
              assertThat(later.why()).contains("active session for owner the other program");
            });
    assertThat(fake().scaleSets().listener("nimbus")).contains("the other program");
  }

  @Test
  void whoeverLosesTheSessionToAnotherIsTold() {
    var session = session(openWithSet());
    fake().scaleSets().takeOver("nimbus", "the other program");

    assertThat(session.next(MANY)).isInstanceOf(Next.Lost.class);
    session.close();
    assertThat(fake().scaleSets().listener("nimbus")).contains("the other program");
  }

  @Test
  void aClosedSessionMakesRoomAtOnce() {
    var session = session(openWithSet());
    session.close();
    session.close();

    assertThat(fake().scaleSets().listener("nimbus")).isEmpty();
    assertThat(session.next(MANY)).isInstanceOf(Next.Lost.class);
  }

  @Test
  void aSetThatWasDeletedIsMadeAgain() {
    var forge = openWithSet();
    var session = session(forge);
    fake().scaleSets().delete("nimbus");
    assertThat(session.next(MANY)).isInstanceOf(Next.Lost.class);

    var after = session(forge);
    queue();

    assertThat(events(batch(after))).hasSize(1);
  }

  @Test
  void anAnswerThatSaysNothingMeansNothing() {
    var session = session(openWithSet());
    queue();
    fake().scaleSets().sayNothing();

    assertThat(session.next(MANY)).isEqualTo(new Next.Nothing());
    assertThat(events(batch(session))).hasSize(1);
  }

  @Test
  void aQuestionThatIsHeldIsAnsweredWhenSomethingHappens() throws Exception {
    var session = session(openWithSet());
    fake().scaleSets().holdQuestions(true);
    var heard = new ArrayList<Next>();
    var listener = Thread.ofVirtual().start(() -> heard.add(session.next(MANY)));
    queue();
    listener.join();

    assertThat(heard).singleElement().isInstanceOf(Next.Said.class);
  }

  @Test
  void aSessionThatEndsWhileAQuestionIsHeldIsLost() throws Exception {
    var session = session(openWithSet());
    fake().scaleSets().holdQuestions(true);
    var heard = new ArrayList<Next>();
    var listener = Thread.ofVirtual().start(() -> heard.add(session.next(MANY)));
    fake().scaleSets().killSessions();
    listener.join();

    assertThat(heard).singleElement().isInstanceOf(Next.Lost.class);
  }

  @Test
  void nothingIsAcknowledgedWhileARunCannotBeAskedFor() {
    var session = session(openWithSet());
    queue();
    fake().suffer(Fault.FAILS);
    assertUnavailable(() -> session.next(MANY));
    fake().recover();

    assertThat(events(batch(session)).getFirst()).isInstanceOf(Event.JobQueued.class);
  }

  @Test
  void aPersonIsToldWhatIsMissing() {
    var forge = openWithSet();
    fake().suffer(Fault.FORBIDS);

    assertThat(forge.listen(SEAT))
        .isInstanceOfSatisfying(
            Opening.Refused.class, refused -> assertThat(refused.why()).isNotEmpty());
    fake().recover();
    assertThat(open(Map.of("scale_sets", "nimbus", "runner_group", "none")).listen(SEAT))
        .isInstanceOfSatisfying(
            Opening.Refused.class,
            refused -> assertThat(refused.why()).contains("runner group 'none'"));
    assertThat(forge.listen(new Seat("other", "me", ""))).isInstanceOf(Opening.Refused.class);
  }

  @Test
  void twoWhoOpenAtOnceShareNothing() throws Exception {
    var openings = new ArrayList<Opening>();
    var threads = new ArrayList<Thread>();
    var forge = openWithSet();
    for (var number = 0; number < 4; number++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    var opening = forge.listen(SEAT);
                    synchronized (openings) {
                      openings.add(opening);
                    }
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }

    assertThat(openings).filteredOn(Opening.Open.class::isInstance).hasSize(1);
    assertThat(fake().scaleSets().names()).isEqualTo(List.of("nimbus"));
  }

  private static void assertUnavailable(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }
}
