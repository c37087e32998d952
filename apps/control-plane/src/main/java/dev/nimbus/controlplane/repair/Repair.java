package dev.nimbus.controlplane.repair;

import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assumes that something was missed: recounts what is derived from jobs, bounds what was used of
 * rates, and lets the dispatch look again. With this loop, losing any message is only a delay.
 */
public final class Repair {
  private static final Logger LOG = LoggerFactory.getLogger(Repair.class);

  private final Storage storage;
  private final Dispatch dispatch;
  private final JobRate rate;
  private final InstantSource time;
  private final Counter corrected;

  /**
   * Repairs nothing yet.
   *
   * @param rate at which the jobs of a tenant may start
   */
  public Repair(
      Storage storage, Dispatch dispatch, JobRate rate, InstantSource time, Metrics metrics) {
    this.storage = storage;
    this.dispatch = dispatch;
    this.rate = rate;
    this.time = time;
    this.corrected =
        metrics.counter(
            "nimbus_control_plane_counts_corrected_total",
            "Derived counts that were found wrong and corrected");
  }

  /** One pass; safe to repeat at any time. */
  public void step() {
    var wrong = storage.repair();
    if (wrong > 0) {
      corrected.add(wrong);
      LOG.atError().addKeyValue("counts", wrong).log("Derived counts were wrong and are corrected");
    }
    bound();
    dispatch.nudge();
  }

  /** What tenants used up of a rate that was changed since must not outlast the one they have. */
  private void bound() {
    var bounded = rate.unlimited() ? 0 : storage.orgs().usedAtMost(rate.full(time.instant()));
    if (bounded > 0) {
      LOG.atInfo()
          .addKeyValue("orgs", bounded)
          .log("Tenants had used up more of their rate than it has; they start jobs again sooner");
    }
  }
}
