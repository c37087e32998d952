package dev.nimbus.bench;

import dev.nimbus.adapters.storage.SqlStorage;
import dev.nimbus.api.client.ControlPlaneClient;
import dev.nimbus.api.forge.ApplyForge;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Signed webhooks, each of which becomes a durable job: as many as 64 connections can send, then at
 * a steady rate that does not wait for answers, and then until the control plane is killed, after
 * which every one it answered must be there. SQLite with {@code synchronous=FULL}, generator on the
 * same machine.
 */
final class Webhooks {
  private static final int CONNECTIONS = 64;
  private static final int PER_SECOND = 2_000;
  private static final long SECOND = 1_000_000_000;

  /** A policy that decides on what a webhook says alone. */
  static final String OPEN = "{unknown_origin: admit, untrusted_pull_requests: admit}\n";

  private static final String PATH = "/webhooks/github";

  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final Path home;
  private final ChildControlPlane plane;

  private Webhooks(Path home, ChildControlPlane plane) {
    this.home = home;
    this.plane = plane;
  }

  static void run(int warmupSeconds, int seconds) throws Exception {
    var home = Files.createTempDirectory("nimbus-bench");
    var policy = Files.writeString(home.resolve("policy.yaml"), OPEN);
    try (var plane =
        ChildControlPlane.start(ChildControlPlane.SERVICE_FLAGS, home, policy.toString())) {
      var webhooks = new Webhooks(home, plane);
      webhooks.connect();
      webhooks.load(warmupSeconds, new ConcurrentHistogram(3));
      var table = new Table("webhooks", "per second", "CPU µs each", "p50 ms", "p99 ms");
      webhooks.closed(table, seconds);
      webhooks.paced(table, seconds);
      webhooks.killed(table);
      table.print();
    }
  }

  private void connect() {
    var client = new ControlPlaneClient(plane.uri(), plane::adminToken);
    client.applyForge("bench", connection());
  }

  /** A GitHub that is not there: nothing is asked of it that is needed here. */
  static ApplyForge connection() {
    return new ApplyForge(
        "github",
        URI.create("http://127.0.0.1:1"),
        "acme",
        null,
        Map.of(),
        Map.of("token", "unused", "webhook_secret", SignedWebhook.SECRET));
  }

  private void closed(Table table, int seconds) throws Exception {
    var server = plane.cpuMillis();
    var client = Cpu.ownMicros();
    var latency = new ConcurrentHistogram(3);
    var rate = load(seconds, latency);
    var count = latency.getTotalCount();
    table.row(
        "durable, " + CONNECTIONS + " connections, " + size() + " bytes each",
        rate,
        (plane.cpuMillis() - server) * 1000.0 / count,
        latency.getValueAtPercentile(50) / 1e6,
        latency.getValueAtPercentile(99) / 1e6);
    table.row(
        "of that, the generator",
        Double.NaN,
        (Cpu.ownMicros() - client) / count,
        Double.NaN,
        Double.NaN);
  }

  private void paced(Table table, int seconds) throws Exception {
    var latency = new ConcurrentHistogram(3);
    var server = plane.cpuMillis();
    pace(seconds, latency);
    table.row(
        "at " + PER_SECOND + " a second",
        PER_SECOND,
        (plane.cpuMillis() - server) * 1000.0 / latency.getTotalCount(),
        latency.getValueAtPercentile(50) / 1e6,
        latency.getValueAtPercentile(99) / 1e6);
  }

  /** Kills it under load and counts what is there: nothing that was answered may be missing. */
  private void killed(Table table) throws Exception {
    var before = answered.get();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(
          () -> {
            LockSupport.parkNanos(2 * SECOND);
            plane.kill();
          });
      load(10, new ConcurrentHistogram(3));
    } catch (IOException e) {
      // The connections broke when it died, as they should.
    }
    var stored = stored();
    if (answered.get() == before || stored < answered.get()) {
      throw new IllegalStateException(
          "%d webhooks were answered before the kill, %d are there"
              .formatted(answered.get(), stored));
    }
    table.row("answered before a kill -9 and lost", 0, Double.NaN, Double.NaN, Double.NaN);
  }

  private long stored() {
    try (var storage = SqlStorage.open("sqlite:" + home.resolve("nimbus.db"))) {
      return storage.orgs().list().stream().mapToLong(org -> org.waiting()).sum();
    }
  }

  private double load(int seconds, ConcurrentHistogram latency) throws Exception {
    var started = System.nanoTime();
    var until = started + seconds * SECOND;
    var sending = new ArrayList<Future<Void>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < CONNECTIONS; i++) {
        sending.add(threads.submit(() -> sendUntil(until, latency)));
      }
    }
    var elapsed = (System.nanoTime() - started) / 1e9;
    for (var one : sending) {
      await(one);
    }
    return latency.getTotalCount() / elapsed;
  }

  private Void sendUntil(long until, ConcurrentHistogram latency)
      throws IOException, GeneralSecurityException {
    try (var sender = Sender.to(plane.uri())) {
      for (var now = System.nanoTime(); now < until; now = System.nanoTime()) {
        send(sender);
        latency.recordValue(System.nanoTime() - now);
      }
    }
    return null;
  }

  private void pace(int seconds, ConcurrentHistogram latency) throws Exception {
    var idle = new ConcurrentLinkedQueue<Sender>();
    var sending = new ArrayList<Future<Void>>();
    var due = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < PER_SECOND * seconds; n++) {
        due += SECOND / PER_SECOND;
        LockSupport.parkNanos(due - System.nanoTime());
        var at = due;
        sending.add(threads.submit(() -> sendAt(at, idle, latency)));
      }
    }
    for (var one : sending) {
      await(one);
    }
    for (var sender : idle) {
      sender.close();
    }
  }

  private Void sendAt(long due, ConcurrentLinkedQueue<Sender> idle, ConcurrentHistogram latency)
      throws IOException, GeneralSecurityException {
    var sender = idle.poll();
    if (sender == null) {
      sender = Sender.to(plane.uri());
    }
    send(sender);
    latency.recordValue(System.nanoTime() - due);
    idle.add(sender);
    return null;
  }

  private void send(Sender sender) throws IOException {
    sender.send(numbers.incrementAndGet());
    answered.incrementAndGet();
  }

  private static void await(Future<Void> sending) throws Exception {
    try {
      sending.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : e;
    }
  }

  private static int size() throws GeneralSecurityException {
    return new SignedWebhook().about(0).length;
  }

  /** A connection with what it sends. */
  record Sender(RawConnection connection, SignedWebhook webhook) implements AutoCloseable {
    static Sender to(URI plane) throws IOException, GeneralSecurityException {
      return new Sender(new RawConnection(plane, ""), new SignedWebhook());
    }

    /** Sends one about a job of this number and returns what is answered. */
    byte[] send(long number) throws IOException {
      var body = webhook.about(number);
      return connection.exchange(connection.head("POST", PATH, webhook.headers(number)), body, 202);
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
