package dev.nimbus.hostagent.run;

import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.lease.Rules;
import dev.nimbus.hostagent.runner.RunnerTools;
import dev.nimbus.hostagent.runner.Runners;
import dev.nimbus.hostagent.runner.SecretStore;
import dev.nimbus.hostagent.ship.FakePace;
import dev.nimbus.hostagent.ship.FakeSink;
import dev.nimbus.hostagent.sweep.JobFolders;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.BootClock;
import dev.nimbus.testkit.executor.MemoryExecutor;
import dev.nimbus.testkit.executor.MemorySandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One host with everything around it, of which only the agent under test is real. */
final class World {
  static final HostFacts HOST =
      new HostFacts(
          new HostId("host-1"),
          false,
          Labels.of(List.of("nimbus")),
          new Size(4_000, 4L << 30),
          4,
          "memory",
          List.of(),
          "test");

  static final DiskLimits DISK = new DiskLimits(3L << 30, 1 << 20);

  final FakePace pace = new FakePace();
  final MemoryExecutor executor = new MemoryExecutor();
  final FakeLink link = new FakeLink(pace);
  final FakeSink sink = new FakeSink();
  final Path home;
  final Runners runners;
  private String boot = "boot-1";
  private Metrics metrics = new Metrics();
  private Limits limits = Limits.of(1 << 20, 1 << 20, DISK);
  private Jobs jobs;
  private Polling polling;

  World(Path home) {
    this(home, SecretStore.MEMORY);
  }

  /** One whose runners' secrets are kept below a folder in memory. */
  World(Path home, Path memory) {
    this.home = home;
    this.runners =
        new Runners(new RunnerTools(home.resolveSibling("tools")), SecretStore.of(memory, home));
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
  MemorySandbox running(String job, long fence) throws InterruptedException {
    link.queue(FakeLink.grant(job, fence));
    var box = box(job, fence);
    link.await(() -> link.started().contains(id(job, fence)));
    return box;
  }

  /** The sandbox of a job, once it is started. */
  MemorySandbox box(String job, long fence) throws InterruptedException {
    link.await(() -> executor.found().contains(id(job, fence)));
    return executor.sandbox(id(job, fence));
  }

  /** Whether a sandbox was closed, and is gone. */
  boolean gone(MemorySandbox box) {
    return !executor.found().contains(box.id());
  }

  /** Sandboxes whose job has not ended. */
  List<MemorySandbox> living() {
    return executor.found().stream()
        .flatMap(id -> executor.adopt(id).stream())
        .map(MemorySandbox.class::cast)
        .filter(MemorySandbox::running)
        .toList();
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
  void passUntil(BooleanSupplier wanted) throws InterruptedException {
    link.await(
        () -> {
          pace.advance(Duration.ofMillis(100));
          jobs.tick();
          return wanted.getAsBoolean();
        });
  }

  /** The agent dies with its machine, which starts again. */
  void reboot() throws InterruptedException {
    jobs.close();
    executor.sweep(List.of());
    boot = "boot-2";
    die();
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

  void close() throws InterruptedException {
    stopPolling();
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
            () -> new BootClock.Moment(boot, pace.now()),
            Rules.DEFAULT,
            runners);
    return new Jobs(HOST, limits, means);
  }
}
