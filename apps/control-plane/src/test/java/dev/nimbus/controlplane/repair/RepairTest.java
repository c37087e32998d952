package dev.nimbus.controlplane.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.storage.MemoryStorage;
import dev.nimbus.testkit.storage.NewJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RepairTest {
  private static final OrgId ACME = new OrgId("acme");
  private static final Duration TTL = Duration.ofSeconds(30);

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final Storage storage = new MemoryStorage();
  private final Metrics metrics = new Metrics();
  private final Dispatch dispatch =
      new Dispatch(storage.leases(), TTL, JobRate.NONE, time, metrics);

  @AfterEach
  void close() {
    dispatch.close();
    storage.close();
  }

  @Test
  void aRateThatWasMadeShorterCountsFromTheNextRoundOn() {
    for (var i = 0; i < 3; i++) {
      storage.jobs().admit(NewJobs.of(ACME, "j-" + i).build(), time.instant());
    }
    var rate = new JobRate(2, Duration.ofMinutes(1));
    assertThat(grant(new JobRate(2, Duration.ofDays(1)))).hasSize(2);
    time.step(Duration.ofHours(1));
    assertThat(grant(rate)).isEmpty();

    new Repair(storage, dispatch, rate, time, metrics).step();

    time.step(Duration.ofSeconds(30));
    assertThat(grant(rate)).hasSize(1);
  }

  private List<Lease> grant(JobRate rate) {
    var size = new Size(64_000, 1L << 40);
    var offer = new Offer(new HostId("h"), ACME, Host.Sharing.OWN, Labels.of(List.of()), size, 9);
    return storage.leases().grant(offer, TTL, rate, time.instant());
  }
}
