package dev.nimbus.bench;

import dev.nimbus.adapters.storage.SqlStorage;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Metadata;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.job.Work;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.storage.ForgeStore.Queued;
import dev.nimbus.core.storage.ForgeStore.Source;
import dev.nimbus.core.storage.JobStore.Admit;
import dev.nimbus.core.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Jobs announced by a forge against jobs submitted, on SQLite with {@code synchronous=FULL}, in
 * process, by 64 callers: what it costs more to remember the delivery and the forge's job. Both
 * take turns, and the median of their rounds is shown, for a machine is never quiet.
 */
final class Announcements {
  private static final int CALLERS = 64;
  private static final int ROUNDS = 9;
  private static final OrgId ORG = new OrgId("acme");
  private static final ConnectionId CONNECTION = new ConnectionId("c-4f1d0c6e2b7a49d3");
  private static final Admission OPEN = new Admission.Admitted(List.of(), List.of());
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private Announcements() {}

  static void run(int jobs) throws IOException {
    var table = new Table(jobs + " jobs a round, " + CALLERS + " callers", "per second", "CPU µs");
    try (var storage = open();
        var forges = open()) {
      measure(submissions(storage, 0, jobs));
      measure(announcements(forges, 0, jobs));
      var submitted = new ArrayList<Rate>();
      var announced = new ArrayList<Rate>();
      for (var round = 1; round <= ROUNDS; round++) {
        submitted.add(measure(submissions(storage, round * jobs, jobs)));
        announced.add(measure(announcements(forges, round * jobs, jobs)));
      }
      row(table, "submitted", submitted);
      row(table, "announced by a forge", announced);
      table.row("ratio", Double.NaN, cpu(announced) / cpu(submitted));
    }
    table.print();
  }

  private static void row(Table table, String name, List<Rate> rates) {
    table.row(name, Timed.median(rates.stream().map(Rate::perSecond).toList()), cpu(rates));
  }

  private static double cpu(List<Rate> rates) {
    return Timed.median(rates.stream().map(Rate::cpuMicros).toList());
  }

  private static List<BooleanSupplier> submissions(Storage storage, int from, int jobs) {
    var all = new ArrayList<BooleanSupplier>();
    for (var n = from; n < from + jobs; n++) {
      var job = job(n);
      var now = NOW.plusMillis(n);
      all.add(() -> storage.jobs().admit(job, now) instanceof Admit.Admitted);
    }
    return all;
  }

  private static List<BooleanSupplier> announcements(Storage storage, int from, int jobs) {
    var all = new ArrayList<BooleanSupplier>();
    for (var n = from; n < from + jobs; n++) {
      var source = new Source(ORG, CONNECTION, UUID.randomUUID().toString());
      var forgeJob = forgeJob(n);
      var job = job(n);
      var now = NOW.plusMillis(n);
      all.add(
          () ->
              storage.forges().queued(source, forgeJob, job, OPEN, now) instanceof Queued.Admitted);
    }
    return all;
  }

  private static Rate measure(List<BooleanSupplier> work) {
    var next = new AtomicInteger();
    var failed = new AtomicLong();
    var done = new CountDownLatch(CALLERS);
    var cpu = Cpu.ownMicros();
    var started = System.nanoTime();
    for (var i = 0; i < CALLERS; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                for (var n = next.getAndIncrement(); n < work.size(); n = next.getAndIncrement()) {
                  if (!work.get(n).getAsBoolean()) {
                    failed.incrementAndGet();
                  }
                }
                done.countDown();
              });
    }
    await(done);
    if (failed.get() > 0) {
      throw new IllegalStateException(failed + " of " + work.size() + " jobs were not admitted");
    }
    var seconds = (System.nanoTime() - started) / 1e9;
    return new Rate(work.size() / seconds, (Cpu.ownMicros() - cpu) / work.size());
  }

  private static void await(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Storage open() throws IOException {
    return SqlStorage.open("sqlite:" + Files.createTempDirectory("nimbus-bench").resolve("n.db"));
  }

  /** Ids increase with time, as those of the control plane do. */
  private static NewJob job(int n) {
    var id = "j-%09d%s".formatted(n, UUID.randomUUID().toString().substring(0, 8));
    return new NewJob(
        ORG,
        new JobId(id),
        new Repository("acme/r" + n % 4),
        new JobSpec(
            new Work.Runner(ForgeKind.GITHUB),
            Map.of(),
            JobSpec.HOST_IMAGE,
            Duration.ofHours(6),
            NetworkAccess.HOST),
        new Requirements(Labels.of(List.of("linux", "x64")), new Size(2_000, 4L << 30)),
        Metadata.NONE,
        id,
        "digest");
  }

  private static ForgeJob forgeJob(int n) {
    var id = Long.toString(29_679_449_526L + n);
    return new ForgeJob(
        new ForgeJobKey(id, 1),
        "acme",
        new Repository("acme/r" + n % 4),
        List.of("self-hosted", "linux", "x64"),
        ".github/workflows/ci.yml",
        "build (ubuntu, 21)",
        "Mend the thing that broke when the other one was mended",
        "feature/mend-the-thing",
        "pull_request",
        "alice",
        ForgeJob.Trust.MEMBER,
        "",
        URI.create("https://github.com/acme/r0/actions/runs/10543291841/job/" + id),
        NOW.plusMillis(n));
  }

  private record Rate(double perSecond, double cpuMicros) {}
}
