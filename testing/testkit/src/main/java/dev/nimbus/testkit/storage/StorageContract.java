package dev.nimbus.testkit.storage;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.storage.JobStore.Admit;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The ground the suites stand on: an empty storage per test, and the words they are written in. */
public abstract class StorageContract {
  protected static final OrgId ACME = new OrgId("acme");
  protected static final OrgId GLOBEX = new OrgId("globex");
  protected static final HostId HOST = new HostId("host-1");
  protected static final HostId OTHER_HOST = new HostId("host-2");
  protected static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  protected static final Duration TTL = Duration.ofSeconds(30);

  private Storage storage;

  /** Opens an empty storage. */
  protected abstract Storage open();

  @BeforeEach
  final void openStorage() {
    storage = open();
  }

  @AfterEach
  final void closeStorage() {
    storage.close();
  }

  protected StorageContract() {}

  protected final Storage storage() {
    return storage;
  }

  /** Admits a job that must be admitted. */
  protected final Job admit(NewJobs job) {
    return admit(job, NOON);
  }

  protected final Job admit(NewJobs job, Instant now) {
    var admit = storage.jobs().admit(job.build(), now);
    if (admit instanceof Admit.Admitted(var admitted)) {
      return admitted;
    }
    throw new AssertionError("Not admitted: " + admit);
  }

  protected final Job job(Job job) {
    return storage.jobs().find(job.org(), job.id()).orElseThrow();
  }

  protected static Offer offer(HostId host, int slots, String... labels) {
    return new Offer(
        host,
        ACME,
        Host.Sharing.ALL,
        Labels.of(List.of(labels)),
        new Size(64_000, 1L << 40),
        slots);
  }

  protected final List<Lease> grant(Offer offer) {
    return storage.leases().grant(offer, TTL, NOON);
  }

  /** Grants the one job that waits. */
  protected final Lease grantOne(HostId host) {
    var leases = grant(offer(host, 1));
    if (leases.size() != 1) {
      throw new AssertionError("Expected one lease: " + leases);
    }
    return leases.getFirst();
  }

  protected static List<String> words(List<Lease> leases) {
    return leases.stream().map(lease -> lease.job().id().value()).toList();
  }

  protected static JobId jobId(String id) {
    return new JobId(id);
  }
}
