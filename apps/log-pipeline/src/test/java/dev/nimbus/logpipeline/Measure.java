package dev.nimbus.logpipeline;

import com.sun.management.OperatingSystemMXBean;
import dev.nimbus.api.client.Query;
import dev.nimbus.api.log.LogBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.LongStream;

/** Prints how fast the pipeline is on this machine, client included. Not a test. */
final class Measure {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int LINES = 200_000;
  private static final int BATCH = 1000;

  private Measure() {}

  public static void main(String[] args) throws IOException {
    try (var served = Served.in(Files.createTempDirectory("measure-pipeline"))) {
      for (var round = 1; round <= 3; round++) {
        var job = "j-" + round;
        timed("append over HTTP", () -> append(served, job));
        timed("read over HTTP", () -> query(served, job));
        timed("follow over HTTP", () -> follow(served, job));
      }
    }
  }

  private static void append(Served served, String job) {
    var client = served.as(Served.tokenOf(job));
    for (var from = 1L; from <= LINES; from += BATCH) {
      var lines =
          LongStream.range(from, from + BATCH)
              .mapToObj(i -> Served.line(i, "[INFO] compiling src/main/file-%d.java".formatted(i)))
              .toList();
      var _ = client.append(new LogBatch(job, 1, lines));
    }
  }

  private static void query(Served served, String job) {
    var client = served.as(Served.READER);
    String after = "";
    do {
      var page =
          client.query(new Query().with("job_id", job).with("limit", "1000").with("after", after));
      after = page.next() == null ? "" : page.next();
    } while (!after.isEmpty());
  }

  private static void follow(Served served, String job) {
    try (var socket = served.connect()) {
      var request =
          "GET /logs/stream?job_id=%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(job, Served.READER);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      var in = socket.getInputStream();
      var buffer = new byte[1 << 16];
      var events = 0;
      while (events < LINES) {
        var read = in.read(buffer);
        for (var i = 0; i < read; i++) {
          events += buffer[i] == '{' ? 1 : 0;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void timed(String what, Runnable work) {
    var begin = CLOCK.instant();
    var cpu = SYSTEM.getProcessCpuTime();
    work.run();
    var micros = Duration.between(begin, CLOCK.instant()).toNanos() / 1000;
    System.out.printf(
        "%-20s %,12d lines/s %,8d ns CPU/line%n",
        what, LINES * 1_000_000L / micros, (SYSTEM.getProcessCpuTime() - cpu) / LINES);
  }
}
