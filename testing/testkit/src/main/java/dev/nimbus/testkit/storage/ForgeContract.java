package dev.nimbus.testkit.storage;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.storage.ForgeStore;
import dev.nimbus.core.storage.ForgeStore.Queued;
import dev.nimbus.core.storage.ForgeStore.Source;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The words the suites about forges are written in. */
public abstract class ForgeContract extends StorageContract {
  protected static final ConnectionId HUB = new ConnectionId("hub");
  protected static final Repository SHOP = new Repository("acme/shop");
  protected static final ConnectionId LAB = new ConnectionId("lab");
  protected static final Source ASKED = Source.asked(ACME, HUB);
  protected static final Admission OPEN = new Admission.Admitted(List.of(), List.of());
  protected static final Admission.Denial DENIAL =
      new Admission.Denial("no-gpu", "label 'gpu' is not allowed");
  protected static final Admission DENIED = new Admission.Denied(DENIAL, List.of());
  protected static final String STRANGER = "runner-of-somebody";

  protected ForgeContract() {}

  protected final ForgeStore forges() {
    return storage().forges();
  }

  protected static Source delivery(String id) {
    return new Source(ACME, HUB, id);
  }

  protected static ForgeJobKey key(String id) {
    return new ForgeJobKey(id, 1);
  }

  protected static ForgeJob forgeJob(String id) {
    return forgeJob(key(id), 0);
  }

  protected static ForgeJob forgeJob(ForgeJobKey key, int second) {
    return new ForgeJob(
        key,
        "acme",
        SHOP,
        List.of("self-hosted", "Linux"),
        "ci.yaml",
        "build " + key,
        "Mend \"the\" thing",
        "main",
        "push",
        "alice",
        ForgeJob.Trust.MEMBER,
        "handle-" + key.id(),
        URI.create("https://forge.example/acme/shop/jobs/" + key.id()),
        NOON.plusSeconds(second));
  }

  /** Ours for the job of this id, under an id of its own. */
  protected static NewJobs serving(String id) {
    return NewJobs.of(ACME, "s-" + id).repository(SHOP.value());
  }

  /** Announces a job that is new, and admits ours. */
  protected final Job queue(String id) {
    return queue(id, serving(id));
  }

  protected final Job queue(String id, NewJobs serving) {
    return admitted(
        forges().queued(delivery("q-" + id), forgeJob(id), serving.build(), OPEN, NOON));
  }

  /** Says again, because the forge was asked, that the job waits. */
  protected final Queued asked(String id, String serving, Admission admission) {
    return forges().queued(ASKED, forgeJob(id), serving(serving).build(), admission, NOON);
  }

  protected static Job admitted(Queued queued) {
    if (queued instanceof Queued.Admitted(var job)) {
      return job;
    }
    throw new AssertionError("Not admitted: " + queued);
  }

  protected static Queued known(Job... serving) {
    return new Queued.Known(List.of(serving).stream().map(Job::id).findFirst());
  }

  /** Grants everything that waits to one host. */
  protected final List<Lease> grantAll(HostId host) {
    return grant(offer(host, 100));
  }

  protected static String runner(Lease lease) {
    return RunnerName.of(new SandboxId(lease.job().id(), lease.fence())).value();
  }

  protected final void run(Lease lease) {
    storage().leases().started(lease.host(), lease.job().id(), lease.fence(), TTL, NOON);
  }

  protected final void finish(Lease lease, Outcome outcome) {
    storage().leases().finish(lease.host(), lease.job().id(), lease.fence(), outcome, NOON);
  }

  /** Which job of a forge ours serves, by its id; empty for none. */
  protected final String serves(Job job) {
    return forges().servedBy(job.org(), job.id()).map(served -> served.job().key().id()).orElse("");
  }

  protected final Optional<ForgeStore.Served> served(Job job) {
    return forges().servedBy(job.org(), job.id());
  }

  protected final JobState state(Job job) {
    return job(job).state();
  }

  protected final List<String> unserved() {
    return forges().unserved(ACME, HUB, 100).stream().map(job -> job.key().id()).toList();
  }

  protected final List<String> leftOver() {
    return forges().leftOver(ACME, HUB, 10).stream().map(left -> left.runner().value()).toList();
  }

  protected final void registering(ConnectionId connection, SandboxId sandbox, Instant now) {
    forges().registering(ACME, connection, sandbox, SHOP, now);
  }

  protected final List<String> openJobs() {
    return forges().open(ACME, HUB, 100).stream().map(served -> served.job().key().id()).toList();
  }

  protected final int waiting(OrgId org) {
    return storage().orgs().find(org).map(standing -> standing.waiting()).orElse(0);
  }

  protected static Optional<JobId> just(Job job) {
    return Optional.of(job.id());
  }
}
