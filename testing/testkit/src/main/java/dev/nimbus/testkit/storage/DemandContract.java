package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.placement.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link dev.nimbus.core.storage.JobStore} must say of what waits. */
public abstract class DemandContract extends StorageContract {
  private static final Requirements SMALL =
      new Requirements(Labels.NONE, new Size(1_000, 1L << 30));
  private static final Instant LATER = NOON.plusSeconds(60);

  protected DemandContract() {}

  @Test
  void nothingWaitsInTheBeginning() {
    assertThat(demand()).isEmpty();
  }

  @Test
  void jobsThatAskForTheSameAreOneGroupAndGroupsComeInTheOrderOfTheQueue() {
    storage().orgs().limit(ACME, new OrgLimits(10, 4, 100));
    storage().orgs().limit(GLOBEX, new OrgLimits(7, 5, 100));
    admit(NewJobs.of(GLOBEX, "g-1"), NOON);
    admit(NewJobs.of(ACME, "a-1").repository("acme/shop").labels("gpu"), LATER);
    admit(NewJobs.of(ACME, "a-2").repository("acme/shop"), LATER);
    admit(NewJobs.of(ACME, "a-3").repository("acme/shop").labels("gpu"), LATER.plusSeconds(1));
    admit(NewJobs.of(GLOBEX, "g-2"), LATER);

    var gpu = new Requirements(Labels.of(List.of("gpu")), SMALL.size());
    assertThat(demand())
        .containsExactly(
            group(GLOBEX, Repository.NONE, SMALL, 2, 7, 5, NOON),
            group(ACME, new Repository("acme/shop"), gpu, 2, 10, 4, LATER),
            group(ACME, new Repository("acme/shop"), SMALL, 1, 10, 4, LATER));
    assertThat(storage().jobs().demand(2)).isEqualTo(demand().subList(0, 2));
  }

  @Test
  void whatIsLeasedOrOverDoesNotWaitAndTakesRoom() {
    storage().orgs().limit(ACME, new OrgLimits(3, 2, 100));
    for (var i = 0; i < 4; i++) {
      admit(NewJobs.of(ACME, "j-" + i), NOON.plusSeconds(i));
    }
    storage().jobs().cancel(ACME, jobId("j-1"), "alice", NOON);

    grantOne(HOST);
    assertThat(demand())
        .containsExactly(group(ACME, Repository.NONE, SMALL, 2, 2, 1, NOON.plusSeconds(2)));
    grantOne(HOST);
    assertThat(demand())
        .containsExactly(group(ACME, Repository.NONE, SMALL, 1, 1, 0, NOON.plusSeconds(3)));
  }

  @Test
  void thereIsNeverLessThanNoRoom() {
    admit(NewJobs.of(ACME, "j-1"));
    admit(NewJobs.of(ACME, "j-2"));
    admit(NewJobs.of(ACME, "j-3"));
    grant(offer(HOST, 2));
    storage().orgs().limit(ACME, new OrgLimits(1, 1, 100));

    assertThat(demand()).containsExactly(group(ACME, Repository.NONE, SMALL, 1, 0, 0, NOON));
  }

  @Test
  void whatIsPostponedIsAGroupOfItsOwn() {
    admit(NewJobs.of(ACME, "j-1"));
    admit(NewJobs.of(ACME, "j-2"), LATER);
    var lease = grantOne(HOST);
    var pause = new GivingBack.Postponed("no runner", Duration.ofMinutes(2));
    storage().leases().giveBack(HOST, lease.job().id(), lease.fence(), pause, NOON);

    var room = OrgLimits.GENEROUS.maxRunning();
    assertThat(demand())
        .containsExactly(
            new Waiting(ACME, Repository.NONE, SMALL, 1, room, room, NOON, NOON.plusSeconds(120)),
            group(ACME, Repository.NONE, SMALL, 1, room, room, LATER));
  }

  @Test
  void whatWaitsAgainWaitsSinceThen() {
    admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    storage()
        .leases()
        .giveBack(HOST, lease.job().id(), lease.fence(), new GivingBack.Failed("broken", 5), LATER);

    assertThat(demand()).extracting(Waiting::oldest).containsExactly(LATER);
  }

  @Test
  void whatFitsNobodyIsDemandToo() {
    admit(NewJobs.of(ACME, "j-1").size(64_001, 1L << 30));

    assertThat(grant(new Offer(HOST, ACME, Host.Sharing.OWN, Labels.NONE, SMALL.size(), 1)))
        .isEmpty();
    assertThat(demand()).extracting(Waiting::jobs).containsExactly(1);
  }

  private List<Waiting> demand() {
    return storage().jobs().demand(100);
  }

  private static Waiting group(
      OrgId org,
      Repository repository,
      Requirements requirements,
      int jobs,
      int orgRoom,
      int repositoryRoom,
      Instant oldest) {
    return new Waiting(
        org, repository, requirements, jobs, orgRoom, repositoryRoom, oldest, Instant.EPOCH);
  }
}
