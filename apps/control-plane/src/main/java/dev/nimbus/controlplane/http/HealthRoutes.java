package dev.nimbus.controlplane.http;

import dev.nimbus.api.Paths;
import dev.nimbus.api.ServiceStatus;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Probes;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.metrics.Metrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether it lives, whether it is ready, and how it is. */
public final class HealthRoutes {
  private final Storage storage;
  private final Metrics metrics;
  private final Instant startedAt;

  public HealthRoutes(Storage storage, Metrics metrics, InstantSource time) {
    this.storage = storage;
    this.metrics = metrics;
    this.startedAt = time.instant();
  }

  public List<Route> routes(Access admin) {
    var routes = new ArrayList<>(Probes.routes(metrics, Map.of("storage", this::storageProblem)));
    routes.add(
        Route.get(Paths.STATUS, admin, this::status)
            .does("getStatus", "Say how the service is, with a tenant's jobs by state")
            .asks(Orgs.ORG)
            .answers(200, ServiceStatus.class));
    return List.copyOf(routes);
  }

  private Optional<String> storageProblem() {
    storage.check();
    return Optional.empty();
  }

  private Response status(Request request) {
    var facts = new TreeMap<String, String>();
    storage
        .jobs()
        .counts(Orgs.of(request))
        .forEach((state, count) -> facts.put("jobs_" + state, Long.toString(count)));
    return Response.json(
        200, new ServiceStatus("control-plane", ServiceStatus.VERSION, startedAt, facts));
  }
}
