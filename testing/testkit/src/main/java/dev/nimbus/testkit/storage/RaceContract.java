package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.identity.NewCredential;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Ending;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.storage.ForgeStore.Queued;
import dev.nimbus.core.storage.ForgeStore.Source;
import dev.nimbus.core.storage.IdentityStore.Issue;
import dev.nimbus.core.storage.JobStore.Admit;
import dev.nimbus.core.storage.Once;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must hold when many threads, and where it is possible many control planes, act at once. */
public abstract class RaceContract extends StorageContract {
  private static final int THREADS = Together.THREADS;

  private Storage second;

  /** Opens what the first storage keeps a second time, as another control plane would. */
  protected Storage openAgain(Storage first) {
    return first;
  }

  @BeforeEach
  final void openSecond() {
    second = openAgain(storage());
  }

  @AfterEach
  final void closeSecond() {
    second.close();
  }

  protected RaceContract() {}

  @Test
  void concurrentGrantersNeverGrantOneJobTwice() {
    for (var i = 0; i < 60; i++) {
      admit(NewJobs.of(i % 3 == 0 ? GLOBEX : ACME, "j-" + i).labels(i % 2 == 0 ? "a" : "b"));
    }

    var granted = Together.run(index -> drain(index, 3));

    assertThat(granted).hasSize(60);
    assertThat(new HashSet<>(words(granted))).hasSize(60);
    assertThat(storage().repair()).isZero();
  }

  @Test
  void concurrentGrantersKeepToTheCaps() {
    storage().orgs().limit(ACME, new OrgLimits(7, 3, 1_000));
    for (var i = 0; i < 40; i++) {
      admit(NewJobs.of(ACME, "j-" + i).repository("acme/r" + i % 4));
    }

    var granted = Together.run(index -> drain(index, 2));

    assertThat(granted).hasSize(7);
    for (var repository = 0; repository < 4; repository++) {
      var name = "acme/r" + repository;
      assertThat(granted)
          .filteredOn(lease -> lease.job().repository().value().equals(name))
          .hasSizeLessThanOrEqualTo(3);
    }
    assertThat(storage().orgs().find(ACME).orElseThrow().running()).isEqualTo(7);
  }

  @Test
  void concurrentGrantersKeepToTheRate() {
    var rate = new JobRate(5, Duration.ofMinutes(1));
    for (var i = 0; i < 40; i++) {
      admit(NewJobs.of(ACME, "j-" + i));
      admit(NewJobs.of(GLOBEX, "g-" + i));
    }

    var granted =
        Together.run(
            index -> {
              var offer = offer(new HostId("host-" + index), 20);
              return at(index).leases().grant(offer, TTL, rate, NOON);
            });

    assertThat(granted).filteredOn(lease -> lease.job().org().equals(ACME)).hasSize(5);
    assertThat(granted).filteredOn(lease -> lease.job().org().equals(GLOBEX)).hasSize(5);
  }

  @Test
  void concurrentSubmissionsUnderOneKeyMakeOneJob() {
    var results =
        Together.run(
            index ->
                List.of(
                    at(index)
                        .jobs()
                        .admit(NewJobs.of(ACME, "j-" + index).once("key", "d").build(), NOON)));

    assertThat(results).filteredOn(Admit.Admitted.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Admit.Seen.class::isInstance).hasSize(THREADS - 1);
    assertThat(storage().orgs().find(ACME).orElseThrow().waiting()).isEqualTo(1);
  }

  @Test
  void concurrentRequestsUnderOneKeyMakeOneToken() {
    var wanted = new NewCredential(ACME, "admin", "alice", List.of(), NOON.plus(TTL), "root");
    var once = new Once("key", "d");

    var results = Together.run(index -> List.of(at(index).identity().issue(wanted, once, NOON)));

    assertThat(results).filteredOn(Issue.Issued.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Issue.Seen.class::isInstance).hasSize(THREADS - 1);
    assertThat(storage().identity().list(ACME)).hasSize(1);
  }

  @Test
  void concurrentSubmissionsNeverOverfillAQueue() {
    storage().orgs().limit(ACME, new OrgLimits(100, 100, 20));

    var results =
        Together.run(
            index -> {
              var admits = new ArrayList<Admit>();
              for (var i = 0; i < 5; i++) {
                var job = NewJobs.of(ACME, "j-" + index + "-" + i).labels("l-" + i);
                admits.add(at(index).jobs().admit(job.build(), NOON));
              }
              return admits;
            });

    assertThat(results).filteredOn(Admit.Admitted.class::isInstance).hasSize(20);
    assertThat(storage().repair()).isZero();
  }

  @Test
  void nothingIsLostBetweenSubmittingGrantingAndCancelling() {
    var results =
        Together.run(
            index -> {
              var seen = new ArrayList<String>();
              for (var i = 0; i < 12; i++) {
                var id = new JobId("j-" + index + "-" + i);
                var own = at(index);
                own.jobs().admit(NewJobs.of(ACME, id.value()).build(), NOON);
                if (i % 3 == 0) {
                  own.jobs().cancel(ACME, id, "alice", NOON);
                }
                grant(index, 1).forEach(lease -> seen.add(lease.job().id().value()));
              }
              return seen;
            });
    var granted = new ArrayList<>(results);
    granted.addAll(words(grant(offer(HOST, 1_000))));

    assertThat(new HashSet<>(granted)).hasSameSizeAs(granted);
    var cancelled = storage().jobs().counts(ACME).getOrDefault("cancelled", 0L);
    assertThat(granted.size() + cancelled).isEqualTo(THREADS * 12L);
    assertThat(storage().orgs().find(ACME).orElseThrow().waiting()).isZero();
    assertThat(storage().repair()).isZero();
  }

  @Test
  void aJobGivenUpWhileHostsAskForWorkIsGrantedOrDeadAndNeverBoth() {
    var jobs = IntStream.range(0, 40).mapToObj(i -> admit(NewJobs.of(ACME, "j-" + i))).toList();

    var taken =
        Together.run(
            index -> {
              var mine = new ArrayList<String>();
              for (var job : index % 2 == 0 ? jobs.reversed() : jobs) {
                if (index < 4 && at(index).jobs().giveUp(job, "nobody came", NOON)) {
                  mine.add(job.id().value());
                } else if (index >= 4) {
                  mine.addAll(words(grant(index, 1)));
                }
              }
              return mine;
            });

    var counts = storage().jobs().counts(ACME);
    assertThat(taken).hasSize(40).doesNotHaveDuplicates();
    assertThat(counts.getOrDefault("dead", 0L) + counts.getOrDefault("leased", 0L)).isEqualTo(40);
    assertThat(storage().orgs().find(ACME).orElseThrow().waiting()).isZero();
    assertThat(storage().repair()).isZero();
  }

  @Test
  void aJobThatExpiresWhileItsHostFinishesItEndsOneWay() {
    for (var i = 0; i < 30; i++) {
      admit(NewJobs.of(ACME, "j-" + i));
    }
    var leases = grant(offer(HOST, 30));

    var recorded =
        Together.run(
            index -> {
              var done = new ArrayList<String>();
              for (var lease : leases) {
                if (index % 2 == 0) {
                  at(index).leases().expire(9, 2, NOON.plus(TTL));
                } else if (finish(index, lease) instanceof Ending.Recorded) {
                  done.add(lease.job().id().value());
                }
              }
              return done;
            });

    assertThat(new HashSet<>(recorded)).hasSameSizeAs(recorded);
    var counts = storage().jobs().counts(ACME);
    assertThat(counts.getOrDefault("succeeded", 0L)).isEqualTo(recorded.size());
    assertThat(counts.getOrDefault("waiting", 0L)).isEqualTo(30 - recorded.size());
    assertThat(storage().repair()).isZero();
  }

  @Test
  void aJobAnnouncedByManyAtOnceIsServedOnce() {
    var job = ForgeContract.forgeJob("7");

    var results =
        Together.run(
            index -> {
              var source = new Source(ACME, ForgeContract.HUB, "d-" + index / 2);
              var serving = NewJobs.of(ACME, "s-" + index).build();
              return List.of(
                  at(index).forges().queued(source, job, serving, ForgeContract.OPEN, NOON));
            });

    assertThat(results).filteredOn(Queued.Admitted.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Queued.Replayed.class::isInstance).hasSize(THREADS / 2);
    assertThat(storage().orgs().find(ACME).orElseThrow().waiting()).isEqualTo(1);
    assertThat(storage().repair()).isZero();
  }

  @Test
  void jobsThatStartAndFinishAtOnceKeepOneServingOneEach() {
    for (var i = 0; i < 24; i++) {
      announce(i);
    }
    var leases = grant(0, 12);

    Together.run(
        index -> {
          for (var i = 0; i < 24; i++) {
            var forgeJob = ForgeContract.key("" + (i * 7 + index * 3) % 24);
            var runner = ForgeContract.runner(leases.get((i + index) % 12));
            var forges = at(index).forges();
            forges.started(ForgeContract.ASKED, forgeJob, runner, NOON);
            if (i % 3 == 0) {
              forges.finished(ForgeContract.ASKED, forgeJob, "", "success", NOON);
            }
          }
          return List.of();
        });

    var ids = IntStream.range(0, 24).mapToObj(i -> new JobId("s-" + i)).toList();
    assertThat(storage().forges().servedBy(ACME, ids))
        .extracting(served -> served.job().key())
        .doesNotHaveDuplicates();
    assertThat(storage().repair()).isZero();
  }

  private void announce(int i) {
    var serving = NewJobs.of(ACME, "s-" + i).build();
    var job = ForgeContract.forgeJob("" + i);
    storage().forges().queued(ForgeContract.ASKED, job, serving, ForgeContract.OPEN, NOON);
  }

  private Ending finish(int index, Lease lease) {
    return at(index)
        .leases()
        .finish(HOST, lease.job().id(), lease.fence(), Outcome.exited(0), NOON);
  }

  private List<Lease> drain(int index, int slots) {
    var all = new ArrayList<Lease>();
    for (var some = grant(index, slots); !some.isEmpty(); some = grant(index, slots)) {
      all.addAll(some);
    }
    return all;
  }

  private List<Lease> grant(int index, int slots) {
    var host = new HostId("host-" + index);
    return at(index).leases().grant(offer(host, slots, "a", "b"), TTL, NOON);
  }

  private Storage at(int index) {
    return index % 2 == 0 ? storage() : second;
  }
}
