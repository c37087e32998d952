package dev.nimbus.hostagent.run;

import dev.nimbus.hostagent.lease.Intent;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Histogram;
import dev.nimbus.service.metrics.Metrics;
import java.time.Duration;
import java.util.function.DoubleConsumer;

/** What an agent counts. */
public final class AgentMetrics {
  private static final double[] SECONDS = {
    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600
  };

  private final Metrics metrics;
  private final DoubleConsumer timeouts;
  private final Counter leaseErrors;
  private final DoubleConsumer linesShipped;
  private final DoubleConsumer logsDropped;
  private final Counter jobs;
  private final Histogram startSeconds;

  public AgentMetrics(Metrics metrics) {
    this.metrics = metrics;
    this.timeouts =
        metrics
            .counter("nimbus_host_agent_job_timeouts_total", "Jobs ended for running too long.")
            .series();
    this.leaseErrors =
        metrics.counter(
            "nimbus_host_agent_lease_errors_total",
            "Leases lost, given up, or not renewed at one try.",
            "reason");
    this.linesShipped =
        metrics.counter("nimbus_host_agent_log_lines_total", "Log lines stored.").series();
    this.logsDropped =
        metrics
            .counter("nimbus_host_agent_logs_dropped_total", "Logs that were not stored whole.")
            .series();
    this.jobs = metrics.counter("nimbus_host_agent_jobs_total", "Ends of jobs told.", "ending");
    this.startSeconds =
        metrics.histogram(
            "nimbus_job_start_seconds", "Time until a job ran, by phase.", SECONDS, "phase");
    LeaseError.announce(leaseErrors);
  }

  /** Why a lease made trouble. */
  enum LeaseError {
    LOST("lost"),
    GIVEN_UP("given-up"),
    UNREACHABLE("unreachable");

    private final String word;

    LeaseError(String word) {
      this.word = word;
    }

    private static void announce(Counter counter) {
      for (var error : values()) {
        counter.add(0, error.word);
      }
    }
  }

  /** A job is stopped; a second, harder stop for the same reason is not another one. */
  void stopped(Intent why, boolean atOnce) {
    switch (why) {
      case TIME_OUT -> timeouts.accept(atOnce ? 0 : 1);
      case LOST -> leaseError(LeaseError.LOST);
      case GIVE_UP -> leaseError(LeaseError.GIVEN_UP);
      case RUN, CANCEL, STOP -> {}
    }
  }

  void leaseError(LeaseError error) {
    leaseErrors.increment(error.word);
  }

  void shipped(long lines) {
    linesShipped.accept((double) lines);
  }

  void logDropped() {
    logsDropped.accept(1);
  }

  void ended(String ending) {
    jobs.increment(ending);
  }

  void started(String phase, Duration took) {
    startSeconds.observe(took.toNanos() / 1e9, phase);
  }

  void watch(Jobs held) {
    metrics.sample(
        "nimbus_host_agent_running_jobs", "Jobs with a living sandbox.", () -> held.running());
    metrics.sample(
        "nimbus_host_agent_hung_starts",
        "Starts of sandboxes given up on that are not back yet; each takes its place.",
        held::hungStarts);
    metrics.sample(
        "nimbus_host_agent_held_jobs", "Jobs whose lease or log is not settled.", held::count);
    metrics.sample(
        "nimbus_host_agent_spool_bytes",
        "Console bytes of ended jobs that are not stored yet.",
        held::spoolBytes);
  }
}
