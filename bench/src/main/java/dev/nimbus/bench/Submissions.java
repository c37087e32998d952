package dev.nimbus.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Durable submissions over HTTP: 64 connections in a closed loop against a control plane on SQLite
 * with {@code synchronous=FULL}, generator on the same machine. Beside it, the machine's rate of
 * flushed 4 KiB writes, which is what one commit at a time would be bound by.
 */
final class Submissions {
  private static final int CONNECTIONS = 64;
  private static final byte[] BODY =
      """
      {"command":["sh","-c","make test"],"labels":["linux"],"repository":"acme/shop","cpus":2,\
      "memory_bytes":1073741824,"timeout_ms":600000,"env":{"CI":"true","BRANCH":"main"}}"""
          .getBytes(StandardCharsets.UTF_8);

  private Submissions() {}

  static void run(int warmupSeconds, int seconds) throws Exception {
    var flushes = flushesPerSecond();
    try (var plane = ChildControlPlane.start(ChildControlPlane.SERVICE_FLAGS)) {
      load(plane, warmupSeconds);
      var serverBefore = plane.cpuMillis();
      var clientBefore = Cpu.ownMicros();
      var result = load(plane, seconds);
      var server = plane.cpuMillis() - serverBefore;
      var client = Cpu.ownMicros() - clientBefore;
      var table = new Table("submissions", "per second", "CPU µs each", "p50 ms", "p99 ms");
      table.row(
          "durable, over HTTP, 64 connections",
          result.perSecond(),
          server * 1000.0 / result.count(),
          result.latency().getValueAtPercentile(50) / 1e6,
          result.latency().getValueAtPercentile(99) / 1e6);
      table.row(
          "of that, the generator", Double.NaN, client / result.count(), Double.NaN, Double.NaN);
      table.row("flushed 4 KiB writes, one at a time", flushes, Double.NaN, Double.NaN, Double.NaN);
      table.row(
          "ratio to flushed writes",
          result.perSecond() / flushes,
          Double.NaN,
          Double.NaN,
          Double.NaN);
      table.print();
    }
  }

  private static Result load(ChildControlPlane plane, int seconds) throws Exception {
    var latency = new ConcurrentHistogram(3);
    var count = new AtomicLong();
    var failure = new AtomicReference<Exception>();
    var started = System.nanoTime();
    var until = started + seconds * 1_000_000_000L;
    var done = new CountDownLatch(CONNECTIONS);
    for (var i = 0; i < CONNECTIONS; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  submitUntil(plane, until, latency, count);
                } catch (IOException e) {
                  failure.set(e);
                } finally {
                  done.countDown();
                }
              });
    }
    done.await();
    if (failure.get() != null) {
      throw failure.get();
    }
    var elapsed = (System.nanoTime() - started) / 1e9;
    return new Result(count.get(), count.get() / elapsed, latency);
  }

  private static void submitUntil(
      ChildControlPlane plane, long until, ConcurrentHistogram latency, AtomicLong count)
      throws IOException {
    try (var connection = new RawConnection(plane.uri(), plane.adminToken())) {
      var head = connection.head("POST", "/api/jobs", "");
      for (var now = System.nanoTime(); now < until; now = System.nanoTime()) {
        connection.exchange(head, BODY, 201);
        latency.recordValue(System.nanoTime() - now);
        count.incrementAndGet();
      }
    }
  }

  private static double flushesPerSecond() throws IOException {
    var file = Files.createTempFile("nimbus-flush", ".bin");
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var block = ByteBuffer.allocateDirect(4096);
      var started = System.nanoTime();
      var writes = 0;
      while (System.nanoTime() - started < 2_000_000_000L) {
        channel.write(block.rewind());
        channel.force(false);
        writes++;
      }
      return writes / ((System.nanoTime() - started) / 1e9);
    } finally {
      Files.delete(file);
    }
  }

  private record Result(long count, double perSecond, ConcurrentHistogram latency) {}
}
