package dev.nimbus.logpipeline.http;

import dev.nimbus.api.Paths;
import dev.nimbus.api.ServiceStatus;
import dev.nimbus.core.log.LogStore;
import dev.nimbus.logpipeline.follow.Watchers;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.token.Audience;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Says how the pipeline is. Counts over all tenants are for those who may see all tenants. */
public final class StatusRoute {
  private final LogStore store;
  private final Watchers watchers;
  private final Instant startedAt;

  public StatusRoute(LogStore store, Watchers watchers, Instant startedAt) {
    this.store = store;
    this.watchers = watchers;
    this.startedAt = startedAt;
  }

  public Route route() {
    return Route.get(Paths.STATUS, Access.bearer(Audience.ADMIN, Audience.SERVICE), this::status)
        .does("getStatus", "Say how the service is")
        .answers(200, ServiceStatus.class);
  }

  private Response status(Request request) {
    var facts = request.principal().everyOrg() ? facts() : Map.<String, String>of();
    return Response.json(
        200, new ServiceStatus("logging-pipeline", ServiceStatus.VERSION, startedAt, facts));
  }

  private Map<String, String> facts() {
    var stats = store.stats();
    var facts = new TreeMap<String, String>();
    facts.put("jobs", Long.toString(stats.jobs()));
    facts.put("lines", Long.toString(stats.lines()));
    facts.put("bytes", Long.toString(stats.bytes()));
    facts.put("followers", Integer.toString(watchers.count()));
    return facts;
  }
}
