package dev.nimbus.adapters.logs;

import com.sun.management.OperatingSystemMXBean;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.log.Batch;
import dev.nimbus.core.log.Line;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.log.LogQuery.Scope;
import dev.nimbus.core.log.LogStore;
import dev.nimbus.core.log.Position;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** Prints how fast the store is on this machine. Not a test. */
final class Measure {
  private static final OrgId ORG = new OrgId("bench");
  private static final Fence FENCE = new Fence(1);
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final int JOBS = 1000;
  private static final int LINES_PER_JOB = 1000;
  private static final InstantSource CLOCK = InstantSource.system();
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final int shippers;

  private Measure(int shippers) {
    this.shippers = shippers;
  }

  public static void main(String[] args) throws Exception {
    var measure = new Measure(16);
    measure.round("warm-up", 100, 100);
    for (var size : args.length == 0 ? List.of("1000", "10") : List.of(args)) {
      measure.round("batches of " + size, Integer.parseInt(size), JOBS);
    }
  }

  private void round(String name, int batch, int jobs) throws Exception {
    var later = new AtomicReference<>(Duration.ZERO);
    InstantSource time = () -> CLOCK.instant().plus(later.get());
    var folder = Files.createTempDirectory("measure-logs");
    try (var store = EmbeddedLogStore.open(folder, StoreLimits.upTo(8L << 30), time)) {
      var texts = new Texts(jobs);
      say(name, "text bytes", texts.bytes());
      time(name + ": append", jobs * LINES_PER_JOB, () -> ship(store, texts, batch));
      size(name, store, folder);
      later.set(Duration.ofMinutes(5));
      time(name + ": tidy", jobs * LINES_PER_JOB, () -> tidyAll(store));
      size(name + " after tidy", store, folder);
      for (var i = 0; i < 3; i++) {
        read(name, store);
        search(name, store, "needle-in-job-123");
        search(name, store, "no such thing anywhere");
        search(name, store, "zq");
      }
    }
    delete(folder);
  }

  private void ship(LogStore store, Texts texts, int size) {
    try (var threads = Executors.newFixedThreadPool(shippers)) {
      for (var shipper = 0; shipper < shippers; shipper++) {
        var first = shipper;
        threads.execute(
            () -> {
              for (var job = first; job < texts.jobs.size(); job += shippers) {
                ship(store, texts.jobs.get(job), size);
              }
            });
      }
    }
  }

  private static void ship(LogStore store, List<Line> lines, int size) {
    for (var from = 0; from < lines.size(); from += size) {
      var _ = store.append(ORG, new Batch(lines.subList(from, from + size)));
    }
  }

  private static void tidyAll(EmbeddedLogStore store) {
    while (store.tidy().merged() > 0) {
      Thread.onSpinWait();
    }
  }

  private static void read(String name, LogStore store) {
    var begin = CLOCK.instant();
    for (var job = 0; job < 50; job++) {
      var query = LogQuery.of(new JobId("j-" + job), Position.START, LINES_PER_JOB);
      if (store.read(ORG, query).lines().size() != LINES_PER_JOB) {
        throw new IllegalStateException("lines are missing");
      }
    }
    say(name, "read a job of 1000 lines, µs", micros(begin) / 50);
  }

  private static void search(String name, LogStore store, String text) {
    var begin = CLOCK.instant();
    Scope scope = Scope.Everything.FROM_THE_NEWEST;
    var found = store.read(ORG, LogQuery.of(scope, text, 1000));
    say(name, "search '" + text + "' (" + found.lines().size() + " lines), µs", micros(begin));
    say(name, "  " + found.rest().getClass().getSimpleName(), 0);
  }

  private static void size(String name, LogStore store, Path folder) throws IOException {
    var stats = store.stats();
    say(name, "lines", stats.lines());
    say(name, "bytes with WAL", stats.bytes());
    say(name, "bytes of the file", Files.size(folder.resolve("logs.db")));
  }

  private static void time(String what, int lines, Runnable work) {
    var begin = CLOCK.instant();
    var cpu = SYSTEM.getProcessCpuTime();
    work.run();
    var micros = micros(begin);
    say(what, "lines/s", lines * 1_000_000L / micros);
    say(what, "CPU ns/line", (SYSTEM.getProcessCpuTime() - cpu) / lines);
  }

  private static long micros(Instant begin) {
    return Duration.between(begin, CLOCK.instant()).toNanos() / 1000;
  }

  private static void say(String what, String measure, long value) {
    System.out.printf("%-36s %-50s %,14d%n", what, measure, value);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** A thousand lines for each job, about 92 bytes a line, a third of it unpredictable. */
  private static final class Texts {
    private static final String[] WORDS = {
      "compiling",
      "downloading",
      "resolved",
      "module",
      "test",
      "passed",
      "warning",
      "cache",
      "layer"
    };
    final List<List<Line>> jobs = new ArrayList<>();

    Texts(int count) {
      var random = new SplittableRandom(7);
      for (var job = 0; job < count; job++) {
        var lines = new ArrayList<Line>();
        for (var line = 1; line <= LINES_PER_JOB; line++) {
          var needle = line == 500 ? " needle-in-job-" + job : "";
          lines.add(line(new JobId("j-" + job), line, text(random) + needle));
        }
        jobs.add(lines);
      }
    }

    long bytes() {
      return jobs.stream().flatMap(List::stream).mapToLong(line -> line.text().length()).sum();
    }

    private static String text(SplittableRandom random) {
      var text = new StringBuilder("[INFO] ");
      for (var i = 0; i < 3; i++) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      return text.append("src/main/file-")
          .append(random.nextInt(5000))
          .append(".java sha256:")
          .append(Long.toHexString(random.nextLong()))
          .append(' ')
          .append(random.nextInt(100_000))
          .append(" ms id=")
          .append(Integer.toHexString(random.nextInt()))
          .toString();
    }

    private static Line line(JobId job, long sequence, String text) {
      return new Line(
          job,
          FENCE,
          sequence,
          START.plusMillis(sequence * 7),
          Line.Source.CONSOLE,
          Line.Level.INFO,
          text,
          true);
    }
  }
}
