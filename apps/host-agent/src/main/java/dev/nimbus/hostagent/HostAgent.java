package dev.nimbus.hostagent;

import dev.nimbus.adapters.executors.process.ProcessExecutor;
import dev.nimbus.adapters.executors.process.ProcessExecutorConfig;
import dev.nimbus.api.client.AgentClient;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Executor;
import dev.nimbus.core.job.Labels;
import dev.nimbus.hostagent.lease.Rules;
import dev.nimbus.hostagent.run.AgentMetrics;
import dev.nimbus.hostagent.run.HostFacts;
import dev.nimbus.hostagent.run.HttpControlPlaneLink;
import dev.nimbus.hostagent.run.Jobs;
import dev.nimbus.hostagent.run.Limits;
import dev.nimbus.hostagent.run.Means;
import dev.nimbus.hostagent.run.Polling;
import dev.nimbus.hostagent.runner.Fetching;
import dev.nimbus.hostagent.runner.RunnerDownloads;
import dev.nimbus.hostagent.runner.RunnerTools;
import dev.nimbus.hostagent.runner.Runners;
import dev.nimbus.hostagent.runner.SecretStore;
import dev.nimbus.hostagent.ship.HttpLogSinks;
import dev.nimbus.hostagent.ship.Pace;
import dev.nimbus.hostagent.sweep.HomeClaim;
import dev.nimbus.hostagent.sweep.JobFolders;
import dev.nimbus.service.command.CommandRunner;
import dev.nimbus.service.http.HttpConfig;
import dev.nimbus.service.http.HttpServer;
import dev.nimbus.service.loop.Loop;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.BootClock;
import dev.nimbus.service.time.SystemTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running host agent. It outlives an unreachable control plane, and its jobs outlive it. */
public final class HostAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostAgent.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(20);
  private static final Duration FOREVER = Pace.NEVER;

  /** Enough to stop what runs and to have it recorded, before a machine is gone. */
  private static final Duration GIVE_BACK_WITHIN = Duration.ofSeconds(15);

  private final HostAgentConfig config;
  private final Jobs jobs;
  private final Polling polling;
  private final Loop ticking;
  private final HttpServer server;
  private final HomeClaim claim;
  private final RunnerSupply supply;

  private HostAgent(
      HostAgentConfig config,
      Jobs jobs,
      Polling polling,
      Loop ticking,
      HttpServer server,
      HomeClaim claim,
      RunnerSupply supply) {
    this.config = config;
    this.jobs = jobs;
    this.polling = polling;
    this.ticking = ticking;
    this.server = server;
    this.claim = claim;
    this.supply = supply;
  }

  /** Starts an agent that runs jobs as isolated processes of this host. */
  public static HostAgent start(HostAgentConfig config, Metrics metrics) {
    return start(config, open(config.home()), metrics);
  }

  /**
   * Starts an agent on an executor: takes over what an earlier life left, then asks for work. Does
   * not wait for the control plane, nor for programs of runners it has to fetch. Refuses a host
   * that lacks more isolation than it may, and a home another agent has.
   */
  public static HostAgent start(HostAgentConfig config, Executor executor, Metrics metrics) {
    var claim = HomeClaim.take(agentHome(config.home()));
    try {
      return start(config, executor, claim, metrics);
    } catch (NimbusException e) {
      claim.close();
      throw e;
    }
  }

  private static HostAgent start(
      HostAgentConfig config, Executor executor, HomeClaim claim, Metrics metrics) {
    var host = host(config, executor);
    var limits = Limits.of(config.consoleBytes(), config.spoolBytes(), config.disk());
    var jobs = new Jobs(host, limits, means(config, executor, metrics));
    var polling = new Polling(jobs);
    var server = listen(config, new Monitor(host, jobs, polling), metrics);
    var ticking = Loop.start("agent-leases", TICK, metrics, jobs::tick);
    try {
      jobs.resume();
    } catch (NimbusException e) {
      end(jobs, ticking, server, claim);
      throw e;
    }
    polling.start();
    return new HostAgent(
        config, jobs, polling, ticking, server, claim, supply(config, executor, polling));
  }

  /** A host offers a runner once its program is there. */
  private static RunnerSupply supply(HostAgentConfig config, Executor executor, Polling polling) {
    return RunnerSupply.start(
        new RunnerDownloads(config.runnerTools(), Fetching.USUAL, CommandRunner.system()),
        config.runnerDownloads(),
        () -> polling.offer(labels(config, executor)));
  }

  /** What an agent with this home runs jobs with; its probe says what it can do here. */
  public static Executor executor(Path home) {
    return open(home);
  }

  /** The port metrics and health are on. */
  public int port() {
    return server.port();
  }

  /** Waits until the control plane knows this host; false when the time is up first. */
  public boolean awaitRegistered(Duration atMost) throws InterruptedException {
    return polling.awaitConnected(atMost);
  }

  /**
   * Waits until the first job came and ended, for a machine made for one; what it wrote is given
   * the time to be taken.
   *
   * @return false when something it wrote was not taken in time
   */
  public boolean awaitServed(Duration shipWithin) throws InterruptedException {
    jobs.awaitServed();
    polling.close();
    return jobs.awaitShipped(shipWithin);
  }

  /**
   * For a machine its provider takes back: takes no more work, lets what runs go on until shortly
   * before that, and gives back what is left then, which waits for another host and loses no
   * attempt.
   *
   * @param left until the machine is gone
   */
  public void interrupt(Duration left) throws InterruptedException {
    polling.close();
    jobs.serveNoMore();
    var mayRun = left.minus(GIVE_BACK_WITHIN);
    if (mayRun.isNegative() || !jobs.awaitNoLease(mayRun)) {
      jobs.stopAll();
    }
  }

  /** Takes no more work and waits for what runs; false when the time is up first. */
  public boolean drain(Duration atMost) throws InterruptedException {
    polling.close();
    return jobs.awaitNoLease(atMost);
  }

  /** Takes no more work, does with running jobs what is configured, and ends. */
  @Override
  public void close() {
    supply.close();
    polling.close();
    try {
      settle();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(jobs, ticking, server, claim);
    LOG.atInfo().addKeyValue("host", config.host()).log("Agent stopped");
  }

  private static void end(Jobs jobs, Loop ticking, HttpServer server, HomeClaim claim) {
    jobs.close();
    ticking.close();
    server.close();
    claim.close();
  }

  private void settle() throws InterruptedException {
    switch (config.onStop()) {
      case LEAVE -> {}
      case FINISH -> jobs.awaitNoLease(FOREVER);
      case KILL -> {
        jobs.stopAll();
        if (!jobs.awaitNoLease(KILL_PATIENCE)) {
          LOG.atWarn().log("Some jobs are not given back yet; the next start does that");
        }
      }
    }
  }

  private static HostFacts host(HostAgentConfig config, Executor executor) {
    var probe = executor.probe();
    var reductions = config.isolation().accept(probe);
    var capacity = Offering.capacity(probe.capacity(), config.milliCpus(), config.memoryBytes());
    if (!reductions.isEmpty()) {
      LOG.atWarn().addKeyValue("without", reductions).log("Jobs run with reduced isolation");
    }
    return new HostFacts(
        config.host(),
        config.shared(),
        labels(config, executor),
        capacity,
        Offering.slots(capacity, config.slots()),
        executor.name(),
        reductions,
        Monitor.VERSION);
  }

  private static Means means(HostAgentConfig config, Executor executor, Metrics metrics) {
    var client = new AgentClient(config.controlPlane(), config.token()::value);
    return new Means(
        executor,
        new HttpControlPlaneLink(client, config.host()),
        new HttpLogSinks(),
        JobFolders.open(agentHome(config.home()).resolve("jobs")),
        new AgentMetrics(metrics),
        Pace.real(),
        SystemTime.clock(),
        BootClock.system(),
        Rules.DEFAULT.startingWithin(config.startTimeout()),
        new Runners(
            new RunnerTools(config.runnerTools()),
            SecretStore.of(SecretStore.MEMORY, agentHome(config.home()))));
  }

  private static Labels labels(HostAgentConfig config, Executor executor) {
    var runners = new RunnerTools(config.runnerTools()).labels();
    return Offering.labels(
        Stream.concat(config.labels().stream(), runners.stream()).toList(),
        executor.name(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  private static ProcessExecutor open(Path home) {
    return ProcessExecutor.open(ProcessExecutorConfig.at(agentHome(home)));
  }

  private static Path agentHome(Path home) {
    return home.toAbsolutePath().resolve("agent");
  }

  private static HttpServer listen(HostAgentConfig config, Monitor monitor, Metrics metrics) {
    var http =
        HttpConfig.of(config.metricsHost(), config.metricsPort())
            .withMetricsToken(config.metricsToken())
            .withShutdownGrace(Duration.ofSeconds(1));
    return HttpServer.start(http, monitor.routes(metrics), monitor, metrics);
  }
}
