package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

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
