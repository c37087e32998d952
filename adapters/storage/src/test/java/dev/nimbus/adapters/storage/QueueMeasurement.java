package dev.nimbus.adapters.storage;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.testkit.storage.NewJobs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * Measures the queue in process and prints a table: a program, not a test. Wall time depends on
 * what else the machine does; the processor time of the writer is what bounds it.
 *
 * <p>Arguments: the url of an empty database (a temporary SQLite file by default), and how many
 * jobs the large backlog has.
 */
final class QueueMeasurement {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final int CONNECTIONS = 64;
  private static final int HOSTS = 1_000;
  private static final int ORGS = 3;

  private final Storage storage;
  private final AtomicInteger ids = new AtomicInteger();

  private QueueMeasurement(Storage storage) {
    this.storage = storage;
  }

  public static void main(String[] args) throws IOException {
    var url =
        args.length > 0
            ? args[0]
            : "sqlite:" + Files.createTempDirectory(Path.of("target"), "queue").resolve("q.db");
    var large = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
    try (var storage = SqlStorage.open(url)) {
      new QueueMeasurement(storage).run(large);
    }
  }

  private void run(int large) {
    for (var org = 0; org < ORGS; org++) {
      var many = 10_000_000;
      storage.orgs().limit(new OrgId("org-" + org), new OrgLimits(many, many, many));
    }
    System.out.println("| what | how many | per second | CPU µs each | writer CPU µs each |");
    System.out.println("|---|---|---|---|---|");
    admit("warm up: admit", 20_000);
    grant("warm up: grant", 20_000);
    admit("admit, 64 callers", 1_000);
    grant("grant at 1,000 waiting", 1_000);
    admit("admit, 64 callers", 1_000);
    grant("grant at 1,000 waiting", 1_000);
    admit("admit, 64 callers", 100_000);
    demand("demand at 100,000 waiting");
    var leases = grant("drain 100,000 with 1,000 hosts", 100_000);
    finish(leases);
    admit("admit, 64 callers", large);
    demand("demand at " + large + " waiting");
    grant("grant at " + large + " waiting", 20_000);
    grant("grant at " + large + " waiting", 20_000);
  }

  private void admit(String what, int count) {
    measure(
        what,
        count,
        CONNECTIONS,
        index -> {
          var job =
              NewJobs.of(new OrgId("org-" + index % ORGS), "j-" + ids.incrementAndGet())
                  .repository("acme/r" + index % 5)
                  .labels("docker", "linux");
          storage.jobs().admit(job.build(), NOON);
          return true;
        });
  }

  private Queue<Lease> grant(String what, int count) {
    var leases = new ConcurrentLinkedQueue<Lease>();
    measure(
        what,
        count,
        HOSTS,
        index -> {
          var found = storage.leases().grant(offer(index % HOSTS), TTL, NOON);
          leases.addAll(found);
          return !found.isEmpty();
        });
    if (leases.size() != count) {
      throw new IllegalStateException("Granted " + leases.size() + " of " + count);
    }
    return leases;
  }

  private void demand(String what) {
    measure(what, 50, 1, index -> !storage.jobs().demand(1_000).isEmpty());
  }

  private void finish(Queue<Lease> leases) {
    measure(
        "finish, 1,000 hosts",
        leases.size(),
        HOSTS,
        index -> {
          var lease = leases.remove();
          storage
              .leases()
              .finish(lease.host(), lease.job().id(), lease.fence(), Outcome.exited(0), NOON);
          return true;
        });
  }

  private static Offer offer(int host) {
    return new Offer(
        new HostId("host-" + host),
        new OrgId("org-0"),
        Host.Sharing.ALL,
        Labels.of(List.of("docker", "linux", "arm64")),
        new Size(64_000, 1L << 40),
        1);
  }

  private static void measure(String what, int count, int callers, IntPredicate work) {
    var cpu = cpuNanos();
    var writer = writerNanos();
    var began = System.nanoTime();
    var next = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var caller = 0; caller < callers; caller++) {
        threads.execute(
            () -> {
              for (var i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                if (!work.test(i)) {
                  throw new IllegalStateException("Failed at " + i);
                }
              }
            });
      }
    }
    var seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "| %s | %,d | %,.0f | %.1f | %.1f |%n",
        what,
        count,
        count / seconds,
        (cpuNanos() - cpu) / 1e3 / count,
        (writerNanos() - writer) / 1e3 / count);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  private static long writerNanos() {
    var threads = ManagementFactory.getThreadMXBean();
    for (var id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals("storage-writer")) {
        return threads.getThreadCpuTime(id);
      }
    }
    return 0;
  }
}
