package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.forge.Listening.Seat;
import dev.nimbus.core.forge.Offer;
import dev.nimbus.core.forge.QueueSession;
import dev.nimbus.core.forge.QueueSession.Next;
import dev.nimbus.core.forge.QueueStatistics;
import dev.nimbus.testkit.forge.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the queue of a scale set tells, and whose runners take its jobs. */
final class ScaleSetQueueTest extends ScaleSetCase {
  @Test
  void aSetThatIsMissingIsMadeWithItsLabelsAndFoundAgain() {
    var group = fake().group("isolated");
    var options = Map.of("scale_sets", "big=nimbus cpus:16", "runner_group", "Isolated");
    session(open(options), new Seat("big", "me", "")).close();
    session(open(options), new Seat("big", "me", "")).close();

    assertThat(fake().scaleSets().names()).containsExactly("big");
    assertThat(fake().scaleSets().labels("big")).containsExactly("nimbus", "cpus:16");
    assertThat(setCalls("POST", "/runnerscalesets").getFirst().body())
        .contains("\"runnerGroupId\":" + group, "\"type\":\"System\"", "\"disableUpdate\":true");
  }

  @Test
  void aJobIsToldOfWithAllThatPolicyAsksFor() {
    var session = session(openWithSet());
    queue();

    var job = job(session);

    assertThat(job.labels()).containsExactly("nimbus");
    assertThat(job.repository()).isEqualTo(shop());
    assertThat(job.owner()).isEqualTo("acme");
    assertThat(job.name()).isEqualTo("test");
    assertThat(job.workflow()).isEqualTo(".github/workflows/build.yml");
    assertThat(job.branch()).isEqualTo("main");
    assertThat(job.event()).isEqualTo("push");
    assertThat(job.title()).isEqualTo("Mend the shop window");
    assertThat(job.actor()).isEqualTo("a-person");
    assertThat(job.trust()).isEqualTo(Trust.MEMBER);
    assertThat(job.handle()).isEqualTo("nimbus");
    assertThat(job.queuedAt()).isEqualTo(Connections.NOON);
    assertThat(job.link().toString())
        .startsWith(fake().connection().url() + "/acme/shop/actions/runs/");
  }

  @Test
  void theCodeOfStrangersIsKnownForWhatItIs() {
    var session = session(openWithSet());
    fake().queue(Wanted.job(shop(), "nimbus").fromFork());

    var job = job(session);

    assertThat(job.trust()).isEqualTo(Trust.FORK);
    assertThat(job.actor()).isEqualTo("a-stranger");
    assertThat(job.branch()).isEmpty();
  }

  @Test
  void nobodyElseTellsOfAJobTheQueueTellsOf() {
    var forge = openWithSet();
    var mine = queue();
    var other = fake().queue(Wanted.job(shop(), "nimbus", "gpu"));

    assertThat(fake().sent().stream().map(delivery -> forge.parse(delivery).event()))
        .anyMatch(event -> event instanceof Event.Ignored)
        .noneMatch(event -> event instanceof Event.JobQueued(var job) && job.key().equals(mine))
        .anyMatch(event -> event instanceof Event.JobQueued(var job) && job.key().equals(other));
    assertThat(forge.waiting(Optional.empty())).extracting(job -> job.key()).containsExactly(other);
  }

  @Test
  void aJobGoesFromWaitingToItsEndUnderOneName() {
    var forge = openWithSet();
    var session = session(forge);
    var told = queue();
    var job = job(session);

    var launch = ready(forge.register(spec(1, job))).launch();
    assertThat(fake().run(launch)).contains(told);
    assertThat(heard(session))
        .containsExactly(new Event.JobStarted(job.key(), shop(), runner(1).value()));
    fake().finish(told);
    assertThat(heard(session))
        .containsExactly(new Event.JobFinished(job.key(), shop(), runner(1).value(), "success"));
    assertThat(session.next(MANY)).isEqualTo(new Next.Nothing());
    assertThat(fake().scaleSets().unacknowledged("nimbus")).isZero();
  }

  @Test
  void aJobCancelledBeforeItRanIsOver() {
    var session = session(openWithSet());
    var told = queue();
    var job = job(session);
    fake().cancel(told);

    assertThat(heard(session))
        .containsExactly(new Event.JobFinished(job.key(), shop(), "", "cancelled"));
  }

  @Test
  void theSameJobOfAnotherRunOrAttemptIsAnotherOne() {
    var session = session(openWithSet());
    var first = queue();
    var one = job(session);
    queue();
    var two = job(session);
    fake().cancel(first);
    heard(session);
    fake().rerun(first);
    var again = job(session);

    assertThat(two.key()).isNotEqualTo(one.key());
    assertThat(again.key().id()).isEqualTo(one.key().id());
    assertThat(again.key().attempt()).isEqualTo(2);
  }

  @Test
  void whatIsSaidLateOfAnAttemptIsSaidOfThatOne() {
    var session = session(openWithSet());
    var first = queue();
    var one = job(session);
    fake().cancel(first);
    fake().rerun(first);

    var events = heard(session);

    assertThat(events).hasSize(2);
    assertThat(events.getFirst())
        .isEqualTo(new Event.JobFinished(one.key(), shop(), "", "cancelled"));
    assertThat(((Event.JobQueued) events.getLast()).job().key().attempt()).isEqualTo(2);
  }

  @Test
  void theRunOfAJobSaysWhenItIsOver() {
    var forge = openWithSet();
    var session = session(forge);
    var told = queue();
    var job = job(session);

    assertThat(forge.ask(job.key(), shop())).get().isInstanceOf(Event.Ignored.class);
    fake().cancel(told);
    assertThat(forge.ask(job.key(), shop()))
        .contains(new Event.JobFinished(job.key(), shop(), "", "success"));
  }

  @Test
  void aJobThatIsGivenUpIsToldAtItsCommit() {
    var forge = openWithSet();
    var session = session(forge);
    var told = queue();

    assertThat(forge.giveUp(job(session), "no host has a GPU")).isTrue();
    assertThat(fake().saidOf(told)).isEqualTo("no host has a GPU");
  }

  @Test
  void noMoreJobsAreGivenThanThereIsRoomFor() {
    var session = session(openWithSet());
    queue();
    queue();

    assertThat(session.next(0)).isEqualTo(new Next.Nothing());
    var batch = ((Next.Said) session.next(1)).batch();
    session.acknowledge(batch);
    assertThat(batch.heard()).hasSize(1);
    assertThat(batch.statistics().assigned()).isEqualTo(1);
    assertThat(batch.statistics().available()).isEqualTo(1);
    assertThat(session.next(1)).isEqualTo(new Next.Nothing());
    assertThat(((Next.Said) session.next(2)).batch().heard()).hasSize(1);
  }

  @Test
  void aRunnerOfTheSetTakesItsJobsAndNoOther() {
    var forge = openWithSet();
    var session = session(forge);
    fake().queue(Wanted.job(shop(), "other"));
    var launch = ready(forge.register(spec(1, jobOf(session)))).launch();

    assertThat(launch.command()).isEqualTo(List.of("{tool}/bin/Runner.Listener", "run"));
    assertThat(calls("POST", "/actions/runners/generate-jitconfig")).isEmpty();
    assertThat(setCalls("POST", "/generatejitconfig").getFirst().body())
        .isEqualTo("{\"name\":\"" + runner(1) + "\",\"workFolder\":\"_work\"}");
    assertThat(fake().run(launch)).isPresent();
    assertThat(fake().run(launch)).isEmpty();
    assertThat(forge.runners()).hasSize(1);
    assertThat(forge.unregister(runner(1), shop())).isEqualTo(Retired.BUSY);
  }

  @Test
  void aRunnersNameThatIsTakenIsFreedAndTakenAgain() {
    var forge = openWithSet();
    var job = jobOf(session(forge));
    ready(forge.register(spec(1, job)));
    ready(forge.register(spec(1, job)));

    assertThat(fake().runners()).containsExactly(runner(1).value());
    assertThat(setCalls("POST", "/generatejitconfig"))
        .extracting(call -> call.status())
        .containsExactly(200, 409, 200);
  }

  @Test
  void aRunnerOfASetTheConnectionDoesNotNameAnyMoreIsRefused() {
    var job = jobOf(session(openWithSet()));

    var refused = open(Map.of("scale_sets", "other")).register(spec(1, job));

    assertThat(((Registered.Refused) refused).why()).contains("no scale set 'nimbus' any more");
  }

  @Test
  void jobsOnOfferBelongToWhoeverAcquiresThem() {
    fake().scaleSets().offerJobs();
    var session = session(openWithSet());
    queue();
    var stolen = queue();
    var batch = batch(session);
    fake().steal(stolen, "somebody-else");

    var taken = session.acquire(batch.offers());

    assertThat(batch.heard()).isEmpty();
    assertThat(batch.offers()).hasSize(2);
    assertThat(taken).containsExactly(batch.offers().getFirst());
    assertThat(batch.offers().getFirst().job().trust()).isEqualTo(Trust.MEMBER);
    session.acknowledge(batch);
    assertThat(job(session).key()).isEqualTo(taken.getFirst().job().key());
  }

  @Test
  void aGitHubThatGivesOutJobsItselfLetsNobodyAcquire() {
    var session = session(openWithSet());
    queue();
    var offer = new Offer(7, job(session));

    assertThat(session.acquire(List.of(offer))).isEmpty();
    assertThat(session.next(MANY)).isEqualTo(new Next.Nothing());
  }

  @Test
  void theQueueCountsWhatItHasFromTheOpeningOn() {
    var forge = openWithSet();
    try (var earlier = session(forge)) {
      queue();
      queue();
      heard(earlier);
    }

    var session = session(forge);

    assertThat(session.statistics()).isEqualTo(new QueueStatistics(0, 0, 2, 0, 0, 0, 0));
    assertThat(session.statistics().missing(0)).isEqualTo(2);
  }

  @Test
  void aRunnerThatIsLostLeavesItsJobToBeCounted() {
    var forge = openWithSet();
    var session = session(forge);
    var told = queue();
    var job = job(session);
    var launch = ready(forge.register(spec(1, job))).launch();
    assertThat(fake().run(launch)).contains(told);
    assertThat(heard(session)).hasSize(1);
    assertThat(session.statistics().missing(0)).isZero();

    fake().scaleSets().loseRunner(runner(1).value());

    assertThat(session.next(MANY)).isEqualTo(new Next.Nothing());
    assertThat(session.statistics().missing(0)).isZero();
    assertThat(session.count().missing(0)).isEqualTo(1);
    var second = ready(forge.register(spec(2, job))).launch();
    assertThat(fake().run(second)).contains(told);
  }

  @Test
  void jobsNobodyToldOfCanBeFoundForTheSet() {
    var forge = openWithSet();
    queue();
    fake().queue(Wanted.job(shop(), "other"));

    var found = forge.unheard("nimbus");

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().handle()).isEqualTo("nimbus");
    session(forge).next(MANY);
    var launch = ready(forge.register(spec(1, found.getFirst()))).launch();
    assertThat(fake().run(launch)).contains(found.getFirst().key());
    assertThat(forge.ask(found.getFirst().key(), shop()))
        .contains(new Event.JobStarted(found.getFirst().key(), shop(), runner(1).value()));
  }

  @Test
  void aSetMayBelongToOneRepository() {
    var all = fake().connection();
    var only =
        Connections.of(
            all.url().toString(),
            "acme",
            List.of("shop"),
            Map.of("app_id", "1", "runner_level", "repository", "scale_sets", "nimbus"));
    var forge = open(only);
    var session = session(forge);
    fake().queue(Wanted.job(fake().repository("acme/site"), "nimbus"));
    var told = queue();

    var job = job(session);

    assertThat(job.repository()).isEqualTo(shop());
    assertThat(fake().run(ready(forge.register(spec(1, job))).launch())).contains(told);
  }

  @Test
  void aCheckLooksAtTheSetsAndMakesNone() {
    var forge = open(Map.of("scale_sets", "nimbus, big=nimbus large, small"));
    fake().scaleSets().make("big", List.of("nimbus", "cpus:16"));
    fake().scaleSets().make("small", List.of("Small"));

    var found = forge.check();

    assertThat(found)
        .filteredOn(finding -> finding.what().contains("'nimbus' can be made"))
        .hasSize(1);
    assertThat(found)
        .filteredOn(finding -> !finding.fine())
        .singleElement()
        .satisfies(finding -> assertThat(finding.advice()).contains("not [large]"));
    assertThat(fake().scaleSets().names()).containsExactly("big", "small");
  }

  @Test
  void theTokenThatChangesSetsIsKeptUntilShortlyBeforeItEnds() {
    var forge = openWithSet();
    var job = jobOf(session(forge));
    ready(forge.register(spec(1, job)));
    assertThat(calls("POST", "/actions/runner-registration")).hasSize(1);
    time.step(Duration.ofMinutes(14).plusSeconds(1));
    ready(forge.register(spec(2, job)));

    assertThat(calls("POST", "/actions/runner-registration")).hasSize(2);
    assertThat(setCalls).allMatch(call -> call.status() != 401);
    assertThat(calls("POST", "/actions/runner-registration").getFirst().body())
        .isEqualTo(
            "{\"url\":\"%s/acme\",\"runner_event\":\"register\"}"
                .formatted(fake().connection().url()));
  }

  @Test
  void noSecretIsToldByWhatIsOpen() {
    var forge = openWithSet();
    var session = session(forge);
    var launch = ready(forge.register(spec(1, jobOf(session)))).launch();

    assertThat(session.toString() + launch).doesNotContain("queue-", "Bearer");
  }

  private ForgeJob jobOf(QueueSession session) {
    queue();
    return job(session);
  }
}
