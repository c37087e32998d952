package dev.nimbus.controlplane.repair;

import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assumes that something was missed: recounts what is derived from jobs, and lets the dispatch look
 * again. With this loop, losing any message is only a delay.
 */
public final class Repair {
  private static final Logger LOG = LoggerFactory.getLogger(Repair.class);

  private final Storage storage;
  private final Dispatch dispatch;
  private final Counter corrected;

  public Repair(Storage storage, Dispatch dispatch, Metrics metrics) {
    this.storage = storage;
    this.dispatch = dispatch;
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
    dispatch.nudge();
  }
}
