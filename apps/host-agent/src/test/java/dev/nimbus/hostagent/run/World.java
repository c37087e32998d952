package dev.nimbus.hostagent.run;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.lease.Rules;
import dev.nimbus.hostagent.ship.FakePace;
import dev.nimbus.hostagent.ship.FakeSink;
import dev.nimbus.hostagent.sweep.JobFolders;
import dev.nimbus.service.metrics.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One host with everything around it, of which only the agent under test is real. */
final class World implements AutoCloseable {
  static final HostFacts HOST =
      new HostFacts(
          new HostId("host-1"),
          false,
          Labels.of(List.of("nimbus")),
          new Size(4_000, 4L << 30),
          4,
          "fake",
          List.of(),
          "test");

  final FakePace pace = new FakePace();
  final FakeExecutor executor = new FakeExecutor();
  final FakeLink link = new FakeLink(pace);
  final FakeSink sink = new FakeSink();
  final Path home;
  private Metrics metrics = new Metrics();
  private Limits limits = Limits.of(1 << 20, 1 << 20);
  private Jobs jobs;
  private Polling polling;

  World(Path home) {
    this.home = home;
    this.jobs = life();
    this.polling = new Polling(jobs);
  }

  World limits(Limits other) {
    limits = other;
    jobs = life();
    polling = new Polling(jobs);
    return this;
  }

  World start() {
    jobs.resume();
    polling.start();
    return this;
  }

  Jobs jobs() {
    return jobs;
  }

  Polling polling() {
    return polling;
  }

  String metrics() {
    return metrics.exposition();
  }

  static SandboxId id(String job, long fence) {
    return new SandboxId(new JobId(job), new Fence(fence));
  }

  /** A job that runs, and the control plane knows. */
  FakeExecutor.Box running(String job, long fence) throws InterruptedException {
    link.queue(FakeLink.grant(job, fence));
    var box = executor.box(id(job, fence));
    link.await(() -> link.started().contains(id(job, fence)));
    return box;
  }

  /** Lets time pass in steps a ticking agent would see. */
  void pass(Duration time) throws InterruptedException {
    var step = Duration.ofMillis(500);
    for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
      pace.advance(step);
      jobs.tick();
    }
  }

  /** Lets time pass until something has happened. */
  void passUntil(java.util.function.BooleanSupplier wanted) throws InterruptedException {
    link.await(
        () -> {
          pace.advance(Duration.ofMillis(100));
          jobs.tick();
          return wanted.getAsBoolean();
        });
  }

  /** The agent dies without a word, and another one starts. */
  void die() throws InterruptedException {
    jobs.close();
    stopPolling();
    metrics = new Metrics();
    jobs = life();
    polling = new Polling(jobs);
    start();
  }

  /** Takes no more work; what that waits for gets its time. */
  void stopPolling() throws InterruptedException {
    var closing = Thread.ofVirtual().start(polling::close);
    while (!closing.join(Duration.ofMillis(5))) {
      pace.advance(Duration.ofMillis(100));
    }
  }

  @Override
  public void close() {
    try {
      stopPolling();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    jobs.close();
  }

  private Jobs life() {
    var means =
        new Means(
            executor,
            link,
            (_, _, _) -> sink,
            JobFolders.open(home),
            new AgentMetrics(metrics),
            pace,
            pace,
            Rules.DEFAULT);
    return new Jobs(HOST, limits, means);
  }
}
