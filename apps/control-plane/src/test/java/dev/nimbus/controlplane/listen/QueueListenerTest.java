package dev.nimbus.controlplane.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.controlplane.policy.PolicyDocument;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.policy.AdmissionPolicy;
import dev.nimbus.core.storage.ForgeStore.Stage;
import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.Wanted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the queue of a scale set to the runner that took its job, and back. */
final class QueueListenerTest {
  private static final String SHOP = "acme/shop";
  private static final OrgLimits ROOM_FOR_ONE = new OrgLimits(100, 100, 1);

  private final QueueGround ground;

  QueueListenerTest(@TempDir Path folder) {
    ground = new QueueGround(folder);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @Test
  void aJobOfTheQueueBecomesOursAndItsRunnerTakesIt() {
    ground.listen();
    var key = ground.queue(SHOP);
    ground.listen();
    var lease = ground.plane.leases(1).getFirst();

    assertThat(run(lease)).contains(key);
    ground.listen();
    assertThat(stage(lease)).isEqualTo(Stage.STARTED);
    ground.github.finish(key);
    ground.listen();
    assertThat(stage(lease)).isEqualTo(Stage.FINISHED);
    assertThat(ground.github.scaleSets().unacknowledged("nimbus")).isZero();
  }

  @Test
  void nothingIsAcknowledgedThatIsNotRecorded() {
    ground.listen();
    ground.queue(SHOP);
    ground.github.suffer(Fault.FAILS);
    assertThat(ground.listen()).isFalse();
    assertThat(ground.github.scaleSets().unacknowledged("nimbus")).isEqualTo(1);
    ground.github.recover();

    ground.listen();

    assertThat(ground.plane.waiting()).isEqualTo(1);
    assertThat(ground.github.scaleSets().unacknowledged("nimbus")).isZero();
  }

  @Test
  void aCrashBeforeTheAcknowledgementDoublesNothing() {
    ground.listen();
    ground.queue(SHOP);
    ground.github.scaleSets().loseAcknowledgement();
    assertThat(ground.listen()).isFalse();
    assertThat(ground.plane.waiting()).isEqualTo(1);
    ground.crash();

    ground.hearAll();

    assertThat(ground.plane.waiting()).isEqualTo(1);
    assertThat(ground.github.scaleSets().unacknowledged("nimbus")).isZero();
  }

  @Test
  void aSessionThatCannotBeRememberedIsNotLeftOpen() {
    ground.remembers(false);
    assertThat(ground.listen()).isFalse();
    assertThat(ground.github.scaleSets().listener("nimbus")).isEmpty();
    ground.remembers(true);

    assertThat(ground.listen()).isTrue();

    assertThat(ground.github.scaleSets().listener("nimbus")).isPresent();
  }

  @Test
  void whatIsSaidAfterAJobThereIsNoRoomForIsRecordedAndMakesRoom() {
    ground.github.scaleSets().offerJobs();
    ground.listen();
    var first = ground.queue(SHOP);
    hear(2);
    ground.plane.storage.orgs().limit(ground.plane.connection.org(), ROOM_FOR_ONE);
    ground.queue(SHOP);
    ground.listen();
    ground.github.cancel(first);

    assertFull();

    assertThat(ground.plane.storage.jobs().counts(ground.plane.connection.org()))
        .containsEntry("cancelled", 1L);
    assertThat(ground.github.scaleSets().unacknowledged("nimbus")).isEqualTo(1);
    ground.listen();
    assertThat(ground.plane.waiting()).isEqualTo(1);
    assertThat(ground.github.scaleSets().unacknowledged("nimbus")).isZero();
  }

  @Test
  void aJobPolicyWasNotSureOfIsTakenAsSoonAsThereIsRoom() {
    ground.plane.policy(new NeverSure());
    ground.listen();
    ground.queue(SHOP);
    ground.listen();
    ground.plane.storage.orgs().limit(ground.plane.connection.org(), ROOM_FOR_ONE);
    ground.queue(SHOP);
    assertFull();
    assertFull();
    assertThat(ground.plane.leases(1)).hasSize(1);

    ground.listen();

    assertThat(ground.plane.leases(1)).hasSize(1);
    assertThat(ground.github.scaleSets().unacknowledged("nimbus")).isZero();
  }

  @Test
  void jobsOnOfferAreAcquired() {
    ground.github.scaleSets().offerJobs();
    ground.listen();
    ground.queue(SHOP);
    ground.queue(SHOP);

    ground.hearAll();

    assertThat(ground.plane.waiting()).isEqualTo(2);
  }

  @Test
  void aJobWhoseRunnerEndedInVainIsServedAgainBecauseItIsCounted() {
    ground.listen();
    var key = ground.queue(SHOP);
    ground.listen();
    var lease = ground.plane.leases(1).getFirst();
    ground.launch(lease);
    ground.plane.end(lease, 1);
    assertThat(ground.plane.waiting()).isZero();

    ground.hearAll();

    var second = ground.plane.leases(1);
    assertThat(second).hasSize(1);
    assertThat(run(second.getFirst())).contains(key);
    ground.hearAll();
    assertThat(ground.plane.waiting()).isZero();
  }

  @Test
  void jobsAnotherListenerWasToldOfAreFoundBecauseTheyAreCounted() {
    ground.listen();
    var keys = List.of(ground.queue(SHOP), ground.queue("acme/site"));
    ground.github.scaleSets().tellSomebodyElse("nimbus");

    ground.hearAll();
    assertThat(ground.plane.waiting()).isEqualTo(2);
    var ran = new ArrayList<ForgeJobKey>();
    for (var lease = ground.plane.leases(1); !lease.isEmpty(); lease = ground.plane.leases(1)) {
      ran.add(run(lease.getFirst()).orElseThrow());
    }
    assertThat(ran).containsExactlyInAnyOrderElementsOf(keys);
    ran.forEach(ground.github::finish);
    ground.hearAll();
    ground.plane.repair.all(ground.plane.connection);

    assertThat(ground.plane.waiting()).isZero();
    assertThat(ground.plane.leases(1)).isEmpty();
  }

  @Test
  void roundsOverTheForgeLeaveJobsOfTheQueueAsTheyAre() {
    ground.listen();
    ground.queue(SHOP);
    ground.listen();
    ground.time.step(Duration.ofMinutes(2));

    ground.plane.repair.all(ground.plane.connection);

    assertThat(ground.plane.waiting()).isEqualTo(1);
    assertThat(ground.plane.leases(1)).hasSize(1);
  }

  @Test
  void aJobOfWhichTheQueueSaysTooLittleForPolicyIsDecidedAllTheSame() {
    ground.plane.policy(PolicyDocument.DEFAULT.rules());
    ground.listen();
    ground.queue(SHOP);
    ground.github.queue(Wanted.job(ground.github.repository(SHOP), "nimbus").fromFork());

    ground.listen();

    assertThat(ground.plane.storage.jobs().counts(ground.plane.connection.org()))
        .containsEntry("waiting", 1L)
        .containsEntry("rejected", 1L);
  }

  /** Sessions die, acknowledgements are lost, tokens run out, listeners and runners crash. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 7})
  void everyJobRunsExactlyOnceWhateverHappens(long seed) {
    var day = new Day(new Random(seed));
    for (var hour = 0; hour < 150; hour++) {
      day.passes();
    }
    day.ends();

    assertThat(day.ran)
        .as("seed %d", seed)
        .containsOnlyKeys(day.wanted.toArray(ForgeJobKey[]::new));
    assertThat(day.ran.values()).as("seed %d", seed).allMatch(times -> times == 1);
    assertThat(day.inVain).as("seed %d", seed).isLessThanOrEqualTo(day.excused);
    assertThat(ground.plane.waiting()).isZero();
    assertThat(ground.github.scaleSets().unacknowledged("nimbus")).isZero();
    assertThat(ground.github.limits().violations()).isEmpty();
  }

  private void hear(int times) {
    for (var turn = 0; turn < times; turn++) {
      ground.listen();
    }
  }

  private void assertFull() {
    assertThatThrownBy(ground::listen)
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EXHAUSTED));
  }

  private Optional<ForgeJobKey> run(Lease lease) {
    return ground.github.run(ground.launch(lease).orElseThrow());
  }

  private Stage stage(Lease lease) {
    var job = lease.job();
    return ground.plane.storage.forges().servedBy(job.org(), job.id()).orElseThrow().stage();
  }

  /** Always wants to hear more, and admits whatever it hears. */
  private record NeverSure() implements AdmissionPolicy {
    @Override
    public Admission decide(OrgId org, ForgeJob job) {
      return AdmissionPolicy.OPEN.decide(org, job);
    }

    @Override
    public boolean unsure(OrgId org, ForgeJob job) {
      return true;
    }
  }

  /** A bad day. */
  private final class Day {
    private final Random random;
    private final List<Lease> held = new ArrayList<>();
    private final Map<ForgeJobKey, Lease> running = new LinkedHashMap<>();
    private final HashSet<ForgeJobKey> wanted = new HashSet<>();
    private final Map<ForgeJobKey, Integer> ran = new HashMap<>();
    private int excused;
    private int inVain;

    Day(Random random) {
      this.random = random;
      if (random.nextBoolean()) {
        ground.github.scaleSets().offerJobs();
      }
    }

    void passes() {
      switch (random.nextInt(20)) {
        case 0, 1, 2 -> wanted.add(ground.queue(random.nextBoolean() ? SHOP : "acme/site"));
        case 3, 4, 5, 6 -> ground.listen();
        case 7, 8 -> held.addAll(ground.plane.leases(1));
        case 9, 10, 11 -> start();
        case 12, 13 -> finish();
        case 14 -> ground.github.scaleSets().killSessions();
        case 15 -> ground.github.scaleSets().loseAcknowledgement();
        case 16 -> ground.github.scaleSets().loseAnswer();
        case 17 -> ground.github.scaleSets().expireQueueTokens();
        case 18 -> ground.github.scaleSets().expireAdminTokens();
        default -> crash();
      }
    }

    private void crash() {
      ground.crash();
      if (random.nextBoolean() && !held.isEmpty()) { // A runner that never connects.
        var lease = held.removeFirst();
        ground.launch(lease);
        ground.plane.end(lease, 1);
        excused++;
      }
    }

    private void start() {
      if (!held.isEmpty()) {
        var lease = held.remove(random.nextInt(held.size()));
        var launch = ground.launch(lease);
        var taken = launch.flatMap(ground.github::run);
        taken.ifPresent(
            key -> {
              ran.merge(key, 1, Integer::sum);
              running.put(key, lease);
            });
        if (taken.isEmpty()) {
          inVain += launch.isPresent() ? 1 : 0;
          ground.plane.end(lease, 1);
        }
      }
    }

    private void finish() {
      var next = running.entrySet().iterator();
      if (next.hasNext()) {
        var one = next.next();
        next.remove();
        ground.github.finish(one.getKey());
        ground.plane.end(one.getValue(), 0);
      }
    }

    /** Until nothing is left to do. */
    void ends() {
      for (var turn = 0; turn < 60 && (turn < 5 || !done()); turn++) {
        ground.hearAll();
        held.addAll(ground.plane.leases(1));
        while (!held.isEmpty()) {
          start();
        }
        while (!running.isEmpty()) {
          finish();
        }
        ground.time.step(Duration.ofMinutes(1));
        ground.plane.repair.all(ground.plane.connection);
      }
    }

    private boolean done() {
      return ran.size() == wanted.size() && ground.plane.waiting() == 0;
    }
  }
}
