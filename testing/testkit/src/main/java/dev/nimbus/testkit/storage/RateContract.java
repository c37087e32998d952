package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.JobRate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How fast every {@link dev.nimbus.core.lease.LeaseStore} lets the jobs of a tenant start. */
public abstract class RateContract extends StorageContract {
  protected RateContract() {}

  @Test
  void aTenantStartsNoMoreJobsThanItsRateAndTheRestLater() {
    var rate = new JobRate(3, Duration.ofMinutes(1));
    for (var i = 0; i < 5; i++) {
      admit(NewJobs.of(ACME, "a-" + i));
    }

    assertThat(words(grant(rate, 0))).containsExactly("a-0", "a-1", "a-2");
    assertThat(grant(rate, 19)).isEmpty();
    assertThat(words(grant(rate, 20))).containsExactly("a-3");
    assertThat(grant(rate, 39)).isEmpty();
    assertThat(words(grant(rate, 40))).containsExactly("a-4");
    assertThat(storage().orgs().find(ACME).orElseThrow().usedUntil())
        .isEqualTo(NOON.plusSeconds(100));
  }

  @Test
  void aTenantThatStartsTooFastHoldsUpNoOther() {
    var rate = new JobRate(1, Duration.ofMinutes(1));
    admit(NewJobs.of(ACME, "a-0"));
    admit(NewJobs.of(ACME, "a-1"));
    admit(NewJobs.of(GLOBEX, "g-0"));

    assertThat(words(grant(rate, 0))).containsExactly("a-0", "g-0");
    assertThat(words(grant(rate, 60))).containsExactly("a-1");
  }

  @Test
  void aTenantThatWasIdleMaySpendItsWholeRateAtOnceButNotMore() {
    var rate = new JobRate(2, Duration.ofMinutes(1));
    for (var i = 0; i < 6; i++) {
      admit(NewJobs.of(ACME, "a-" + i));
    }
    assertThat(grant(rate, 0)).hasSize(2);

    assertThat(grant(rate, 3_600)).hasSize(2);
  }

  @Test
  void aLongerIntervalOfBeforeHoldsNoTenantUpOnceItsUseIsBounded() {
    var hourly = new JobRate(2, Duration.ofHours(1));
    var rate = new JobRate(2, Duration.ofMinutes(1));
    for (var i = 0; i < 5; i++) {
      admit(NewJobs.of(ACME, "a-" + i));
    }
    admit(NewJobs.of(GLOBEX, "g-0"));
    assertThat(grant(hourly, 0)).hasSize(3);
    assertThat(grant(rate, 1)).isEmpty();

    assertThat(storage().orgs().usedAtMost(rate.full(NOON.plusSeconds(1)))).isEqualTo(2);
    assertThat(storage().orgs().usedAtMost(rate.full(NOON.plusSeconds(1)))).isZero();

    assertThat(grant(rate, 30)).isEmpty();
    assertThat(words(grant(rate, 31))).containsExactly("a-2");
    assertThat(words(grant(rate, 61))).containsExactly("a-3");
    assertThat(storage().orgs().usedAtMost(JobRate.NONE.full(NOON))).isZero();
  }

  @Test
  void aJobThatIsGivenBackHasStartedAndStartsAgain() {
    var rate = new JobRate(2, Duration.ofMinutes(1));
    admit(NewJobs.of(ACME, "a-0"));
    admit(NewJobs.of(ACME, "a-1"));
    for (var round = 0; round < 2; round++) {
      var lease = storage().leases().grant(offer(HOST, 1), TTL, rate, NOON).getFirst();
      storage()
          .leases()
          .giveBack(HOST, lease.job().id(), lease.fence(), new GivingBack.Unrun("no room"), NOON);
    }

    assertThat(grant(rate, 29)).isEmpty();
    assertThat(words(grant(rate, 30))).containsExactly("a-0");
  }

  @Test
  void aRateOfNothingIsNoLimit() {
    for (var i = 0; i < 5; i++) {
      admit(NewJobs.of(ACME, "a-" + i));
    }

    assertThat(grant(JobRate.NONE, 0)).hasSize(5);
  }

  private List<Lease> grant(JobRate rate, int seconds) {
    return storage().leases().grant(offer(HOST, 9), TTL, rate, NOON.plusSeconds(seconds));
  }
}
