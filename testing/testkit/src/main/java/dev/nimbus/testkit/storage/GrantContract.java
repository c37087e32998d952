package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.OrgLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which job every {@link dev.nimbus.core.lease.LeaseStore} grants, and which it must not. */
public abstract class GrantContract extends StorageContract {
  private static final Size LARGE = new Size(64_000, 1L << 40);

  @Test
  void theOldestJobOfATenantIsGrantedFirst() {
    admit(NewJobs.of(ACME, "j-z"));
    admit(NewJobs.of(ACME, "j-a").repository("acme/shop"));
    admit(NewJobs.of(ACME, "j-m"));

    assertThat(words(grant(offer(HOST, 3)))).containsExactly("j-z", "j-a", "j-m");
  }

  @Test
  void tenantsTakeTurnsHoweverMuchOneQueues() {
    for (var i = 0; i < 20; i++) {
      admit(NewJobs.of(ACME, "a-" + i));
    }
    admit(NewJobs.of(GLOBEX, "g-0"));
    admit(NewJobs.of(GLOBEX, "g-1"));

    assertThat(words(grant(offer(HOST, 6))))
        .containsExactly("a-0", "g-0", "a-1", "g-1", "a-2", "a-3");
  }

  @Test
  void turnsAreKeptFromOneHostToTheNext() {
    for (var i = 0; i < 3; i++) {
      admit(NewJobs.of(ACME, "a-" + i));
      admit(NewJobs.of(GLOBEX, "g-" + i));
    }
    var order = new ArrayList<String>();
    for (var i = 0; i < 6; i++) {
      order.addAll(words(grant(offer(i % 2 == 0 ? HOST : OTHER_HOST, 1))));
    }

    assertThat(order).containsExactly("a-0", "g-0", "a-1", "g-1", "a-2", "g-2");
  }

  @Test
  void aTenantThatWasIdleComesBeforeOneThatWasJustServed() {
    admit(NewJobs.of(GLOBEX, "g-0"));
    grantOne(HOST);
    admit(NewJobs.of(ACME, "a-0"));
    admit(NewJobs.of(ACME, "a-1"));
    grantOne(HOST);
    admit(NewJobs.of(GLOBEX, "g-1"));

    assertThat(words(grant(offer(HOST, 1)))).containsExactly("g-1");
  }

  @Test
  void aTenantAtItsCapDoesNotBlockOthers() {
    storage().orgs().limit(ACME, new OrgLimits(1, 100, 100));
    for (var i = 0; i < 3; i++) {
      admit(NewJobs.of(ACME, "a-" + i));
    }
    admit(NewJobs.of(GLOBEX, "g-0"));
    admit(NewJobs.of(GLOBEX, "g-1"));

    assertThat(words(grant(offer(HOST, 10)))).containsExactlyInAnyOrder("a-0", "g-0", "g-1");
    assertThat(grant(offer(HOST, 10))).isEmpty();
  }

  @Test
  void anEndedJobMakesRoomUnderTheCapOfItsTenant() {
    storage().orgs().limit(ACME, new OrgLimits(1, 100, 100));
    admit(NewJobs.of(ACME, "a-0"));
    admit(NewJobs.of(ACME, "a-1"));
    var lease = grantOne(HOST);

    storage().leases().finish(HOST, lease.job().id(), lease.fence(), Outcome.exited(0), NOON);

    assertThat(words(grant(offer(HOST, 10)))).containsExactly("a-1");
  }

  @Test
  void aLostOrReturnedJobMakesRoomUnderTheCapOfItsTenant() {
    storage().orgs().limit(ACME, new OrgLimits(1, 100, 100));
    admit(NewJobs.of(ACME, "a-0"));
    grantOne(HOST);
    storage().leases().expire(3, 10, NOON.plus(TTL));
    var again = grantOne(HOST);
    storage()
        .leases()
        .giveBack(HOST, again.job().id(), again.fence(), new GivingBack.Unrun("no"), NOON);

    assertThat(grant(offer(HOST, 10))).hasSize(1);
  }

  @Test
  void aRaisedCapIsUsedAtOnceAndALoweredOneStopsGrants() {
    for (var i = 0; i < 6; i++) {
      admit(NewJobs.of(ACME, "a-" + i));
    }
    storage().orgs().limit(ACME, new OrgLimits(2, 100, 100));
    assertThat(grant(offer(HOST, 10))).hasSize(2);

    storage().orgs().limit(ACME, new OrgLimits(4, 100, 100));
    assertThat(grant(offer(HOST, 10))).hasSize(2);

    storage().orgs().limit(ACME, new OrgLimits(1, 100, 100));
    assertThat(grant(offer(HOST, 10))).isEmpty();
  }

  @Test
  void aCapOfZeroParksATenant() {
    storage().orgs().limit(ACME, new OrgLimits(0, 100, 100));
    admit(NewJobs.of(ACME, "a-0"));

    assertThat(grant(offer(HOST, 10))).isEmpty();
  }

  @Test
  void aRepositoryAtItsCapDoesNotBlockTheOthersOfItsTenant() {
    storage().orgs().limit(ACME, new OrgLimits(100, 1, 100));
    admit(NewJobs.of(ACME, "shop-0").repository("acme/shop"));
    admit(NewJobs.of(ACME, "shop-1").repository("acme/shop"));
    admit(NewJobs.of(ACME, "shop-2").repository("acme/shop").labels("docker"));
    admit(NewJobs.of(ACME, "site-0").repository("acme/site"));

    assertThat(words(grant(offer(HOST, 10, "docker")))).containsExactly("shop-0", "site-0");
    assertThat(grant(offer(HOST, 10, "docker"))).isEmpty();
  }

  @Test
  void aRepositoryOfTheSameNameInAnotherTenantHasItsOwnCap() {
    storage().orgs().limit(ACME, new OrgLimits(100, 1, 100));
    storage().orgs().limit(GLOBEX, new OrgLimits(100, 1, 100));
    admit(NewJobs.of(ACME, "a-0").repository("shared/name"));
    admit(NewJobs.of(GLOBEX, "g-0").repository("shared/name"));

    assertThat(grant(offer(HOST, 10))).hasSize(2);
  }

  @Test
  void anEndedJobMakesRoomUnderTheCapOfItsRepository() {
    storage().orgs().limit(ACME, new OrgLimits(100, 1, 100));
    admit(NewJobs.of(ACME, "shop-0").repository("acme/shop"));
    admit(NewJobs.of(ACME, "shop-1").repository("acme/shop"));
    var lease = grantOne(HOST);

    storage().leases().finish(HOST, lease.job().id(), lease.fence(), Outcome.exited(0), NOON);

    assertThat(words(grant(offer(HOST, 10)))).containsExactly("shop-1");
  }

  @Test
  void aHostNeedsEveryLabelTheJobAsksFor() {
    admit(NewJobs.of(ACME, "j-1").labels("docker", "gpu"));

    assertThat(grant(offer(HOST, 1))).isEmpty();
    assertThat(grant(offer(HOST, 1, "docker"))).isEmpty();
    assertThat(grant(offer(HOST, 1, "gpu", "docker2", "xdocker"))).isEmpty();
    assertThat(grant(offer(HOST, 1, "arm64", "docker", "gpu"))).hasSize(1);
  }

  @Test
  void labelsMatchWholeAndWithoutRegardToCase() {
    admit(NewJobs.of(ACME, "j-1").labels("GPU"));

    assertThat(grant(offer(HOST, 1, "gpu-a100", "a-gpu", "gp", "%", "_"))).isEmpty();
    assertThat(grant(offer(HOST, 1, "Gpu"))).hasSize(1);
  }

  @Test
  void labelsThatLookLikePatternsAreOnlyThemselves() {
    admit(NewJobs.of(ACME, "j-1").labels("%", "a_c", "[x]*", "\\"));

    assertThat(grant(offer(HOST, 1, "abc", "x", "\\\\"))).isEmpty();
    assertThat(grant(offer(HOST, 1, "%", "a_c", "[x]*", "\\"))).hasSize(1);
  }

  @Test
  void aJobThatMatchesIsGrantedPastAnOlderOneThatDoesNot() {
    admit(NewJobs.of(ACME, "gpu").labels("gpu"));
    admit(NewJobs.of(ACME, "large").size(100_000, 1L << 30));
    admit(NewJobs.of(ACME, "plain"));

    assertThat(words(grant(offer(HOST, 5)))).containsExactly("plain");
  }

  @Test
  void aTenantWhoseJobsDoNotMatchDoesNotBlockOthers() {
    admit(NewJobs.of(ACME, "gpu").labels("gpu"));
    admit(NewJobs.of(GLOBEX, "plain"));

    assertThat(words(grant(offer(HOST, 5)))).containsExactly("plain");
  }

  @Test
  void neverMoreIsGrantedThanIsFreeTogether() {
    for (var i = 0; i < 4; i++) {
      admit(NewJobs.of(ACME, "j-" + i).size(2_000, 1L << 30));
    }

    assertThat(grant(offer(new Size(5_000, 1L << 40), 10))).hasSize(2);
    assertThat(grant(offer(new Size(64_000, 1L << 30), 10))).hasSize(1);
    assertThat(grant(offer(new Size(1_999, 1L << 40), 10))).isEmpty();
    assertThat(grant(offer(new Size(64_000, (1L << 30) - 1), 10))).isEmpty();
  }

  @Test
  void whatIsLeftFreeGoesToASmallerYoungerJob() {
    admit(NewJobs.of(ACME, "first").size(3_000, 1));
    admit(NewJobs.of(ACME, "second").size(3_000, 1));
    admit(NewJobs.of(ACME, "third").size(1_000, 1));

    assertThat(words(grant(offer(new Size(4_000, 10), 10)))).containsExactly("first", "third");
  }

  @Test
  void aJobThatNeedsNothingFitsAFullHost() {
    admit(NewJobs.of(ACME, "j-1").size(0, 0));

    assertThat(grant(offer(Size.NONE, 1))).hasSize(1);
  }

  @Test
  void neverMoreIsGrantedThanThereAreSlots() {
    for (var i = 0; i < 5; i++) {
      admit(NewJobs.of(ACME, "j-" + i));
    }

    assertThat(grant(offer(HOST, 0))).isEmpty();
    assertThat(grant(offer(HOST, 2))).hasSize(2);
  }

  @Test
  void aHostOfItsOwnTenantTakesNoOthersJobs() {
    admit(NewJobs.of(GLOBEX, "g-0"));
    admit(NewJobs.of(ACME, "a-0"));
    admit(NewJobs.of(GLOBEX, "g-1"));

    assertThat(words(grant(own(ACME)))).containsExactly("a-0");
    assertThat(words(grant(own(GLOBEX)))).containsExactly("g-0", "g-1");
    assertThat(grant(own(new OrgId("unknown")))).isEmpty();
  }

  @Test
  void aHostOfItsOwnTenantKeepsToTheTenantsCap() {
    storage().orgs().limit(ACME, new OrgLimits(1, 100, 100));
    admit(NewJobs.of(ACME, "a-0"));
    admit(NewJobs.of(ACME, "a-1"));

    assertThat(grant(own(ACME))).hasSize(1);
    assertThat(grant(own(ACME))).isEmpty();
  }

  @Test
  void aSharedHostTakesJobsOfTenantsItDoesNotBelongTo() {
    admit(NewJobs.of(GLOBEX, "g-0"));

    assertThat(words(grant(offer(HOST, 1)))).containsExactly("g-0");
  }

  @Test
  void aCancelledJobIsNotGrantedAndTheNextOfItsKindIs() {
    var first = admit(NewJobs.of(ACME, "j-1"));
    admit(NewJobs.of(ACME, "j-2"));
    storage().jobs().cancel(ACME, first.id(), "alice", NOON);

    assertThat(words(grant(offer(HOST, 5)))).containsExactly("j-2");
  }

  @Test
  void cancellingInTheMiddleOfTheQueueSkipsNobody() {
    for (var i = 0; i < 5; i++) {
      admit(NewJobs.of(ACME, "j-" + i));
    }
    storage().jobs().cancel(ACME, jobId("j-2"), "alice", NOON);
    storage().jobs().cancel(ACME, jobId("j-4"), "alice", NOON);

    assertThat(words(grant(offer(HOST, 5)))).containsExactly("j-0", "j-1", "j-3");
  }

  @Test
  void jobsReturnedInAnyOrderAreGrantedInTheOrderTheyCame() {
    for (var i = 0; i < 4; i++) {
      admit(NewJobs.of(ACME, "j-" + i));
    }
    var leases = grant(offer(HOST, 3));
    for (var index : List.of(1, 2, 0)) {
      giveBack(leases.get(index));
    }

    assertThat(words(grant(offer(HOST, 5)))).containsExactly("j-0", "j-1", "j-2", "j-3");
  }

  @Test
  void aDrainedQueueFillsAndDrainsAgain() {
    for (var round = 0; round < 3; round++) {
      admit(NewJobs.of(ACME, "j-" + round));
      assertThat(words(grant(offer(HOST, 5)))).containsExactly("j-" + round);
      assertThat(grant(offer(HOST, 5))).isEmpty();
    }
  }

  @Test
  void aQueueThatWasRepairedWhileItsJobsRanTakesThemBack() {
    admit(NewJobs.of(ACME, "j-1").labels("docker").repository("acme/shop"));
    var lease = storage().leases().grant(offer(HOST, 1, "docker"), TTL, NOON).getFirst();
    assertThat(storage().repair()).isZero();
    giveBack(lease);
    admit(NewJobs.of(ACME, "j-2").labels("docker").repository("acme/shop"));

    assertThat(words(grant(offer(HOST, 5, "docker")))).containsExactly("j-1", "j-2");
    assertThat(storage().repair()).isZero();
  }

  @Test
  void leasesLastAsLongAsTheCallerSays() {
    admit(NewJobs.of(ACME, "j-1"));

    var lease = storage().leases().grant(offer(HOST, 1), Duration.ofMinutes(5), NOON).getFirst();

    assertThat(lease.until()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
    assertThat(lease.host()).isEqualTo(new HostId("host-1"));
  }

  private void giveBack(Lease lease) {
    storage()
        .leases()
        .giveBack(HOST, lease.job().id(), lease.fence(), new GivingBack.Unrun("no"), NOON);
  }

  private static Offer own(OrgId org) {
    return new Offer(HOST, org, Host.Sharing.OWN, Labels.NONE, LARGE, 10);
  }

  private static Offer offer(Size free, int slots) {
    return new Offer(HOST, ACME, Host.Sharing.ALL, Labels.NONE, free, slots);
  }
}
