package dev.nimbus.bench;

import dev.nimbus.api.client.AgentClient;
import dev.nimbus.api.client.ControlPlaneClient;
import dev.nimbus.api.forge.WebhookReply;
import dev.nimbus.api.host.RegisterHost;
import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.api.lease.LeaseRequest;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * From the moment a forge sends a webhook to the moment a waiting agent holds the lease of its job,
 * at a steady rate that does not wait for answers.
 */
final class HookedPickup {
  private static final int SLOTS = 200;
  private static final long WAIT_MILLIS = 20_000;
  private static final long SECOND = 1_000_000_000;
  private static final String ABSENT = "";

  private final Map<String, Long> leasedAt = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Webhooks.Sender> idle = new ConcurrentLinkedQueue<>();
  private final ChildControlPlane plane;
  private volatile boolean over;

  private HookedPickup(ChildControlPlane plane) {
    this.plane = plane;
  }

  /** Measures at a rate for so many seconds, after as many jobs as warm up a server's code. */
  static void run(int perSecond, int warmup, int seconds) throws Exception {
    var home = Files.createTempDirectory("nimbus-bench");
    var policy = Files.writeString(home.resolve("policy.yaml"), Webhooks.OPEN);
    try (var plane =
        ChildControlPlane.start(ChildControlPlane.SERVICE_FLAGS, home, policy.toString())) {
      new ControlPlaneClient(plane.uri(), plane::adminToken)
          .applyForge("bench", Webhooks.connection());
      var run = new HookedPickup(plane);
      var agent = Thread.ofPlatform().daemon().start(run::beAgent);
      run.send(0, warmup, perSecond * 2);
      var cpu = plane.cpuMillis();
      var latency = run.latencies(run.send(warmup, perSecond * seconds, perSecond));
      var table =
          new Table(
              "webhooks, %d a second".formatted(perSecond), "p50 ms", "p99 ms", "max ms", "CPU µs");
      table.row(
          "webhook to lease at a waiting agent",
          latency.getValueAtPercentile(50) / 1e6,
          latency.getValueAtPercentile(99) / 1e6,
          latency.getMaxValue() / 1e6,
          (plane.cpuMillis() - cpu) * 1e3 / latency.getTotalCount());
      table.print();
      run.over = true;
      agent.join();
    }
  }

  private List<Sent> send(int from, int count, int perSecond) throws Exception {
    var sending = new ArrayList<Future<Sent>>(count);
    var due = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < count; n++) {
        due += SECOND / perSecond;
        LockSupport.parkNanos(due - System.nanoTime());
        var number = from + n;
        sending.add(threads.submit(() -> send(number)));
      }
    }
    var sent = new ArrayList<Sent>(count);
    for (var one : sending) {
      sent.add(one.get());
    }
    return sent;
  }

  private Sent send(long number) throws IOException, GeneralSecurityException {
    var at = System.nanoTime();
    var sender = idle.poll();
    if (sender == null) {
      sender = Webhooks.Sender.to(plane.uri());
    }
    var reply = Json.read(sender.send(number), WebhookReply.class);
    idle.add(sender);
    var job = reply.job();
    return new Sent(job == null ? ABSENT : job, at);
  }

  private Histogram latencies(List<Sent> sent) throws InterruptedException {
    var latency = new Histogram(3);
    for (var one : sent) {
      latency.recordValue(leased(one.job()) - one.at());
    }
    return latency;
  }

  private long leased(String job) throws InterruptedException {
    var until = System.nanoTime() + 30 * SECOND;
    while (System.nanoTime() < until) {
      var at = leasedAt.get(job);
      if (at != null) {
        return at;
      }
      Thread.sleep(1);
    }
    throw new IllegalStateException("Job '" + job + "' never reached the agent");
  }

  private void beAgent() {
    var client = new AgentClient(plane.uri(), plane::agentToken);
    var labels = List.of("linux", "runner:actions-runner");
    client.register(
        new RegisterHost(
            ChildControlPlane.HOST,
            true,
            labels,
            1_000_000,
            1L << 50,
            SLOTS,
            List.of(),
            "bench",
            List.of()));
    var request = new LeaseRequest(ChildControlPlane.HOST, 1_000_000, 1L << 50, SLOTS, WAIT_MILLIS);
    while (!over) {
      var leases = client.poll(request).leases();
      var now = System.nanoTime();
      for (var grant : leases) {
        leasedAt.put(grant.job(), now);
        Thread.startVirtualThread(() -> finish(client, grant));
      }
    }
  }

  private static void finish(AgentClient client, Grant grant) {
    client.finish(
        grant.job(),
        new FinishRequest(ChildControlPlane.HOST, grant.fence(), "succeeded", 0, "", false));
  }

  /** A webhook that was answered with the job it became. */
  private record Sent(String job, long at) {}
}
