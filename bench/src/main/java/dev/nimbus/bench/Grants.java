package dev.nimbus.bench;

import dev.nimbus.adapters.storage.SqlStorage;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Metadata;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Grants out of a waiting backlog, on SQLite with {@code synchronous=FULL}, in process: a hundred
 * tenants with four kinds of job each, a thousand hosts with four slots that ask, finish what they
 * got, and ask again.
 */
final class Grants {
  private static final int TENANTS = 100;
  private static final int HOSTS = 1_000;
  private static final int SLOTS = 4;
  private static final int DEPTH_GRANTS = 2_000;
  private static final Duration TTL = Duration.ofMinutes(1);
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Size LARGE = new Size(64_000, 256L << 30);

  private Grants() {}

  /** Granting alone, and granting with finishing; each after a smaller backlog as warm-up. */
  static void drain(int jobs) throws Exception {
    var table =
        new Table("a backlog of " + jobs + " jobs, " + HOSTS + " hosts", "per second", "CPU µs");
    measure(jobs / 4, Grants::takeBy);
    var taken = measure(jobs, Grants::takeBy);
    table.row("granted, durable", taken.perSecond(), taken.cpuMicros());
    measure(jobs / 4, Grants::drainBy);
    var drained = measure(jobs, Grants::drainBy);
    table.row("granted and finished, durable", drained.perSecond(), drained.cpuMicros());
    table.print();
  }

  private static Rate measure(int jobs, Draining draining) throws Exception {
    try (var storage = open()) {
      fill(storage, jobs);
      var granted = new AtomicLong();
      var cpu = Cpu.ownMicros();
      var started = System.nanoTime();
      everyHost(host -> draining.work(storage, host, granted));
      var seconds = (System.nanoTime() - started) / 1e9;
      cpu = Cpu.ownMicros() - cpu;
      if (granted.get() != jobs) {
        throw new IllegalStateException("Granted " + granted + " of " + jobs + " jobs");
      }
      return new Rate(jobs / seconds, cpu / jobs);
    }
  }

  static void depth(int few, int many) throws IOException {
    var table = new Table("one grant out of a backlog", "CPU µs", "wall µs");
    var cpu = new double[2];
    var sizes = List.of(few, many);
    for (var i = 0; i < 2; i++) {
      try (var storage = open()) {
        fill(storage, sizes.get(i) + 2 * DEPTH_GRANTS);
        oneByOne(storage, DEPTH_GRANTS);
        var cpuBefore = Cpu.ownMicros();
        var started = System.nanoTime();
        oneByOne(storage, DEPTH_GRANTS);
        cpu[i] = (Cpu.ownMicros() - cpuBefore) / DEPTH_GRANTS;
        table.row(
            sizes.get(i) + " waiting", cpu[i], (System.nanoTime() - started) / 1e3 / DEPTH_GRANTS);
      }
    }
    table.row("ratio", cpu[1] / cpu[0], Double.NaN);
    table.print();
  }

  private static void oneByOne(Storage storage, int grants) {
    for (var i = 0; i < grants; i++) {
      var host = host(i % HOSTS);
      var lease = storage.leases().grant(offer(host, 1), TTL, NOW).getFirst();
      storage.leases().finish(host, lease.job().id(), lease.fence(), Outcome.exited(0), NOW);
    }
  }

  private static void drainBy(Storage storage, HostId host, AtomicLong granted) {
    for (var leases = storage.leases().grant(offer(host, SLOTS), TTL, NOW);
        !leases.isEmpty();
        leases = storage.leases().grant(offer(host, SLOTS), TTL, NOW)) {
      granted.addAndGet(leases.size());
      for (var lease : leases) {
        storage.leases().finish(host, lease.job().id(), lease.fence(), Outcome.exited(0), NOW);
      }
    }
  }

  private static void takeBy(Storage storage, HostId host, AtomicLong granted) {
    for (var leases = storage.leases().grant(offer(host, SLOTS), TTL, NOW);
        !leases.isEmpty();
        leases = storage.leases().grant(offer(host, SLOTS), TTL, NOW)) {
      granted.addAndGet(leases.size());
    }
  }

  private static void everyHost(Consumer<HostId> work) throws InterruptedException {
    var done = new CountDownLatch(HOSTS);
    for (var i = 0; i < HOSTS; i++) {
      var host = host(i);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  work.accept(host);
                } finally {
                  done.countDown();
                }
              });
    }
    done.await();
  }

  private static Storage open() throws IOException {
    var storage =
        SqlStorage.open("sqlite:" + Files.createTempDirectory("nimbus-bench").resolve("n.db"));
    for (var i = 0; i < HOSTS; i++) {
      storage
          .hosts()
          .register(
              new Registration(
                  host(i), OrgId.DEFAULT, Host.Sharing.ALL, labels(), LARGE, SLOTS, List.of(), "1"),
              NOW);
    }
    for (var i = 0; i < TENANTS; i++) {
      storage.orgs().limit(org(i), new OrgLimits(1_000_000, 1_000_000, 2_000_000));
    }
    return storage;
  }

  private static void fill(Storage storage, int jobs) {
    var next = new AtomicLong();
    var done = new CountDownLatch(256);
    for (var i = 0; i < 256; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                for (var n = next.getAndIncrement(); n < jobs; n = next.getAndIncrement()) {
                  storage.jobs().admit(job((int) n), NOW);
                }
                done.countDown();
              });
    }
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static NewJob job(int n) {
    var spec =
        new JobSpec(
            List.of("make", "test"),
            Map.of(),
            JobSpec.HOST_IMAGE,
            Duration.ofHours(1),
            NetworkAccess.HOST);
    var kind = n % 4;
    return new NewJob(
        org(n % TENANTS),
        new JobId("j-" + n),
        new Repository("acme/r" + kind),
        spec,
        new Requirements(
            Labels.of(kind % 2 == 0 ? List.of("linux") : List.of("linux", "x64")),
            new Size(1_000 * (1 + kind / 2), 1L << 30)),
        Metadata.NONE,
        "key-" + n,
        "digest");
  }

  private static Offer offer(HostId host, int slots) {
    return new Offer(host, OrgId.DEFAULT, Host.Sharing.ALL, labels(), LARGE, slots);
  }

  private static Labels labels() {
    return Labels.of(List.of("linux", "x64", "docker"));
  }

  private static OrgId org(int i) {
    return new OrgId("org-" + i);
  }

  private static HostId host(int i) {
    return new HostId("h-" + i);
  }

  private record Rate(double perSecond, double cpuMicros) {}

  /** What one host does until there is nothing left for it. */
  @FunctionalInterface
  private interface Draining {
    void work(Storage storage, HostId host, AtomicLong granted);
  }
}
