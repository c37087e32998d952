package dev.nimbus.bench;

import dev.nimbus.api.client.AgentClient;
import dev.nimbus.api.host.RegisterHost;
import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.api.lease.LeaseRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * From the moment a job is sent to the moment a waiting agent holds its lease, at a steady rate
 * that does not wait for answers. Submission, queue, grant and both ways of the network are in it;
 * the job is durable on the way, so a flushed write or two is the physical limit.
 */
final class Pickup {
  private static final int CONNECTIONS = 8;
  private static final int SLOTS = 200;
  private static final long WAIT_MILLIS = 20_000;
  private static final int WARMUP_PER_SECOND = 500;
  private static final long SECOND = 1_000_000_000;

  private final ChildControlPlane plane;
  private final AtomicLongArray sentAt;
  private final ConcurrentHistogram latency = new ConcurrentHistogram(3);
  private final CountDownLatch measured;
  private final int warmup;

  private Pickup(ChildControlPlane plane, int warmup, int jobs) {
    this.plane = plane;
    this.warmup = warmup;
    this.sentAt = new AtomicLongArray(jobs);
    this.measured = new CountDownLatch(jobs - warmup);
  }

  /** Measures at a rate for so many seconds, after as many jobs as warm up a server's code. */
  static void run(int perSecond, int warmup, int seconds) throws Exception {
    var jobs = warmup + perSecond * seconds;
    try (var plane = ChildControlPlane.start(ChildControlPlane.SERVICE_FLAGS)) {
      var run = new Pickup(plane, warmup, jobs);
      Thread.ofPlatform().daemon().start(run::beAgent);
      var cpuBefore = run.submit(perSecond, jobs);
      if (!run.measured.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException(run.measured.getCount() + " jobs never reached the agent");
      }
      var cpu = plane.cpuMillis() - cpuBefore;
      var table =
          new Table(
              "pickup, %d jobs/s".formatted(perSecond), "p50 ms", "p99 ms", "max ms", "CPU µs");
      table.row(
          "submission to lease at a waiting agent",
          run.latency.getValueAtPercentile(50) / 1e6,
          run.latency.getValueAtPercentile(99) / 1e6,
          run.latency.getMaxValue() / 1e6,
          cpu * 1e3 / (jobs - warmup));
      table.print();
    }
  }

  /** Sends every job at its moment; returns the server's processor time after the warm-up. */
  private long submit(int perSecond, int jobs) throws Exception {
    var connections = new ConcurrentLinkedQueue<RawConnection>();
    for (var i = 0; i < CONNECTIONS; i++) {
      connections.add(new RawConnection(plane.uri(), plane.adminToken()));
    }
    var due = System.nanoTime();
    var cpu = 0L;
    var sends = new ArrayList<Future<Void>>(jobs);
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < jobs; n++) {
        if (n == warmup) {
          cpu = plane.cpuMillis();
        }
        due += SECOND / (n < warmup ? WARMUP_PER_SECOND : perSecond);
        LockSupport.parkNanos(due - System.nanoTime());
        var number = n;
        sentAt.set(number, System.nanoTime());
        sends.add(senders.submit(() -> send(connections, number)));
      }
    }
    for (var sending : sends) {
      sending.get();
    }
    for (var connection : connections) {
      connection.close();
    }
    return cpu;
  }

  private Void send(ConcurrentLinkedQueue<RawConnection> connections, int number)
      throws IOException {
    var connection = connections.poll();
    if (connection == null) {
      connection = new RawConnection(plane.uri(), plane.adminToken());
    }
    var body =
        """
        {"command":["true"],"labels":["linux"],"repository":"acme/shop","env":{"NUMBER":"%d"}}"""
            .formatted(number);
    connection.exchange(
        connection.head("POST", "/api/jobs", ""), body.getBytes(StandardCharsets.UTF_8), 201);
    connections.add(connection);
    return null;
  }

  private void beAgent() {
    var client = new AgentClient(plane.uri(), plane::agentToken);
    client.register(
        new RegisterHost(
            ChildControlPlane.HOST,
            true,
            List.of("linux"),
            1_000_000,
            1L << 50,
            SLOTS,
            List.of(),
            "bench",
            List.of()));
    var request = new LeaseRequest(ChildControlPlane.HOST, 1_000_000, 1L << 50, SLOTS, WAIT_MILLIS);
    while (measured.getCount() > 0) {
      var leases = client.poll(request).leases();
      var now = System.nanoTime();
      for (var grant : new ArrayList<>(leases)) {
        note(grant, now);
        Thread.startVirtualThread(() -> finish(client, grant));
      }
    }
  }

  private void note(Grant grant, long now) {
    var number = Integer.parseInt(grant.env().getOrDefault("NUMBER", "0"));
    if (number >= warmup) {
      latency.recordValue(now - sentAt.get(number));
      measured.countDown();
    }
  }

  private static void finish(AgentClient client, Grant grant) {
    client.finish(
        grant.job(),
        new FinishRequest(ChildControlPlane.HOST, grant.fence(), "succeeded", 0, "", false));
  }
}
