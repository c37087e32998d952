package dev.nimbus.service.http;

import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.metrics.ProcessMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes every service has for monitoring: {@code /healthz}, {@code /readyz}, {@code /metrics}.
 */
public final class Probes {
  private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

  private final Metrics metrics;
  private final Map<String, Supplier<Optional<String>>> checks;

  private Probes(Metrics metrics, Map<String, Supplier<Optional<String>>> checks) {
    this.metrics = metrics;
    this.checks = new TreeMap<>(checks);
  }

  /**
   * The routes, and the metrics of the process itself.
   *
   * @param checks by name, what keeps the service from working, or empty when nothing does; must be
   *     quick. The reason is logged, not shown.
   */
  public static List<Route> routes(
      Metrics metrics, Map<String, Supplier<Optional<String>>> checks) {
    ProcessMetrics.register(metrics);
    var probes = new Probes(metrics, checks);
    return List.of(
        Route.get("/healthz", Access.open(), _ -> Response.json(200, new Alive("ok")))
            .does("getHealth", "Say that the service lives")
            .answers(200, Alive.class),
        Route.get("/readyz", Access.open(), probes::ready)
            .does("getReadiness", "Say whether the service can do its work, and which check fails")
            .answers(200, Readiness.class)
            .answers(503, Readiness.class),
        Route.get("/metrics", Access.probe(), probes::metrics)
            .does("getMetrics", "Metrics as Prometheus reads them")
            .answersBytes(200, "text/plain"));
  }

  private Response ready(Request request) {
    var results = new TreeMap<String, String>();
    checks.forEach((name, check) -> results.put(name, result(name, check)));
    if (request.shutdown().requested()) {
      results.put("service", "ending");
    }
    var ready = results.values().stream().allMatch("ok"::equals);
    return Response.json(ready ? 200 : 503, new Readiness(ready ? "ok" : "not ready", results));
  }

  private static String result(String name, Supplier<Optional<String>> check) {
    var problem = problem(check);
    problem.ifPresent(
        why -> LOG.atWarn().addKeyValue("check", name).addKeyValue("why", why).log("Not ready"));
    return problem.isPresent() ? "failed" : "ok";
  }

  private static Optional<String> problem(Supplier<Optional<String>> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      return Optional.of(e.toString());
    }
  }

  private Response metrics(Request request) {
    return Response.text(200, Metrics.CONTENT_TYPE, metrics.exposition());
  }

  record Alive(String status) {}

  /** By the name of each check, ok or failed. */
  record Readiness(String status, Map<String, String> checks) {}
}
