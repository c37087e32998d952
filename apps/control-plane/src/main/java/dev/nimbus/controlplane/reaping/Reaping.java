package dev.nimbus.controlplane.reaping;

import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.core.lease.Expired;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends leases that ran out, forgets hosts that went silent and jobs that ended long ago. */
public final class Reaping {
  private static final Logger LOG = LoggerFactory.getLogger(Reaping.class);
  private static final int BATCH = 500;

  private final Storage storage;
  private final Dispatch dispatch;
  private final JobWatch watch;
  private final Rules rules;
  private final InstantSource time;
  private final Counter expired;

  public Reaping(
      Storage storage,
      Dispatch dispatch,
      JobWatch watch,
      Rules rules,
      InstantSource time,
      Metrics metrics) {
    this.storage = storage;
    this.dispatch = dispatch;
    this.watch = watch;
    this.rules = rules;
    this.time = time;
    this.expired =
        metrics.counter(
            "nimbus_control_plane_leases_expired_total",
            "Leases that ran out, by what became of their jobs",
            "org",
            "result");
  }

  /** One pass; safe to repeat at any time. */
  public void step() {
    expireLeases();
    forgetHosts();
    storage.jobs().forget(time.instant().minus(rules.keepJobs()), BATCH);
  }

  private void expireLeases() {
    var ended = storage.leases().expire(rules.maxAttempts(), BATCH, time.instant());
    for (var lease : ended) {
      var result =
          switch (lease) {
            case Expired.Requeued _ -> "requeued";
            case Expired.GaveUp _ -> "dead";
            case Expired.Cancelled _ -> "cancelled";
          };
      expired.increment(lease.org().value(), result);
      LOG.atWarn()
          .addKeyValue("job", lease.job())
          .addKeyValue("host", lease.host())
          .addKeyValue("fence", lease.fence())
          .addKeyValue("result", result)
          .log("A lease ran out");
      watch.changed(lease.job());
    }
    if (!ended.isEmpty()) {
      dispatch.nudge();
    }
  }

  private void forgetHosts() {
    for (var host : storage.hosts().forgetUnseen(time.instant().minus(rules.keepHosts()))) {
      LOG.atInfo().addKeyValue("host", host).log("A host that went silent is forgotten");
    }
  }

  /**
   * When things count as over.
   *
   * @param maxAttempts grants of a job before it is dead
   * @param keepHosts how long a silent host is remembered
   * @param keepJobs how long an ended job is remembered
   */
  public record Rules(int maxAttempts, Duration keepHosts, Duration keepJobs) {}
}
