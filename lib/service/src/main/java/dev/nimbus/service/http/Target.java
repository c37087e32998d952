package dev.nimbus.service.http;

import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.DoubleConsumer;

/** A route with what the kernel worked out about it once: placeholder names and metrics. */
final class Target {
  private static final double[] SECONDS = {0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60};
  private static final int STATUSES = 600;

  private final Route route;
  private final List<String> names;
  private final Counter requests;
  private final DoubleConsumer seconds;
  private final AtomicReferenceArray<DoubleConsumer> byStatus =
      new AtomicReferenceArray<>(STATUSES);

  Target(Route route, Metrics metrics) {
    this.route = route;
    this.names = names(route.pattern());
    this.requests =
        metrics.counter(
            "nimbus_http_requests_total", "HTTP requests answered.", "route", "method", "status");
    this.seconds =
        metrics
            .histogram(
                "nimbus_http_request_seconds", "Time to answer HTTP requests.", SECONDS, "route")
            .series(route.pattern());
  }

  Route route() {
    return route;
  }

  /** The place of a placeholder among the values of a match. */
  int placeOf(String name) {
    var place = names.indexOf(name);
    if (place < 0) {
      throw new IllegalStateException(
          "Route '" + route.pattern() + "' has no placeholder '" + name + "'");
    }
    return place;
  }

  void count(int status, long nanos) {
    var known = byStatus.get(status);
    if (known == null) {
      known = requests.series(route.pattern(), route.method(), Integer.toString(status));
      byStatus.set(status, known);
    }
    known.accept(1);
    seconds.accept(nanos / 1e9);
  }

  private static List<String> names(String pattern) {
    var names = new ArrayList<String>();
    for (var part : pattern.split("/", -1)) {
      if (part.startsWith("{")) {
        names.add(part.substring(1, part.length() - 1).replace("...", ""));
      }
    }
    return List.copyOf(names);
  }
}
