package dev.nimbus.hostagent;

import dev.nimbus.api.Paths;
import dev.nimbus.api.ServiceStatus;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.hostagent.run.HostFacts;
import dev.nimbus.hostagent.run.Jobs;
import dev.nimbus.hostagent.run.Polling;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.ApiDocument;
import dev.nimbus.service.http.Authenticator;
import dev.nimbus.service.http.Probes;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.SystemTime;
import dev.nimbus.service.token.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an agent says of itself to whoever watches it. Nobody can tell it anything here. */
final class Monitor implements Authenticator {
  static final String VERSION = "0.1.0";

  private static final ApiDocument.About ABOUT =
      new ApiDocument.About("Nimbus host agent", ServiceStatus.VERSION, "It is only watched here.");

  private final HostFacts host;
  private final Jobs jobs;
  private final Polling polling;
  private final Instant startedAt = SystemTime.clock().instant();

  Monitor(HostFacts host, Jobs jobs, Polling polling) {
    this.host = host;
    this.jobs = jobs;
    this.polling = polling;
  }

  List<Route> routes(Metrics metrics) {
    var routes = new ArrayList<>(Probes.routes(metrics, Map.of("control-plane", this::connected)));
    routes.add(
        Route.get(Paths.STATUS, Access.probe(), this::status)
            .does("getStatus", "Say how the agent is")
            .answers(200, ServiceStatus.class));
    routes.add(ApiDocument.route(ABOUT, routes));
    return List.copyOf(routes);
  }

  /** No route asks for a token of ours. */
  @Override
  public Principal authenticate(String bearer) {
    throw new NimbusException(Kind.DENIED, "The host agent takes no tokens but its metrics token");
  }

  private Optional<String> connected() {
    return polling.connected()
        ? Optional.empty()
        : Optional.of("the control plane does not answer or does not know this host");
  }

  private Response status(Request request) {
    var facts = new TreeMap<String, String>();
    facts.put("host", host.id().value());
    facts.put("connected", Boolean.toString(polling.connected()));
    facts.put("running", Integer.toString(jobs.running()));
    facts.put("slots", Integer.toString(host.slots()));
    facts.put("spool_bytes", Long.toString(jobs.spoolBytes()));
    facts.put("reductions", String.join(",", host.reductions()));
    return Response.json(200, new ServiceStatus("host-agent", VERSION, startedAt, facts));
  }
}
