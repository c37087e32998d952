package dev.nimbus.controlplane.scaling;

import dev.nimbus.core.cost.Spent;
import dev.nimbus.core.storage.CostStore;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What machines cost, as a number that grows. */
public final class SpendMetric {
  private static final double MICROS = 1_000_000;

  private final CostStore costs;
  private final InstantSource time;
  private final Counter spent;
  private final Map<List<String>, Long> told = new HashMap<>();

  public SpendMetric(CostStore costs, InstantSource time, Metrics metrics) {
    this.costs = costs;
    this.time = time;
    this.spent =
        metrics.counter(
            "nimbus_spend_usd_total",
            "What machines cost since records began, in US dollars",
            "org",
            "provider");
  }

  /** One look; safe to repeat at any time. */
  public void step() {
    costs.spent(time.instant()).forEach(this::tell);
  }

  private void tell(Spent one) {
    var series = List.of(one.org().value(), one.provider().value());
    var more = one.micros() - told.getOrDefault(series, 0L);
    if (more > 0) {
      spent.add(more / MICROS, series.get(0), series.get(1));
      told.put(series, one.micros());
    }
  }
}
