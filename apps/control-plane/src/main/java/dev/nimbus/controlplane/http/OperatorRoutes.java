package dev.nimbus.controlplane.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.host.HostView;
import dev.nimbus.api.host.OrgLimitsBody;
import dev.nimbus.api.host.OrgView;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Hosts and tenants, for those who run the installation. */
public final class OperatorRoutes {
  private final Storage storage;
  private final Duration hostLostAfter;
  private final InstantSource time;

  public OperatorRoutes(Storage storage, Duration hostLostAfter, InstantSource time) {
    this.storage = storage;
    this.hostLostAfter = hostLostAfter;
    this.time = time;
  }

  public List<Route> routes(Access admin) {
    return List.of(
        Route.get(Paths.HOSTS, admin, this::hosts)
            .does("listHosts", "List the hosts that take the tenant's jobs")
            .asks(Orgs.ORG)
            .answers(200, Items.class, HostView.class),
        Route.get(Paths.ORGS, admin, this::orgs)
            .does("listOrgs", "List tenants with what they hold and may hold")
            .answers(200, Items.class, OrgView.class),
        Route.put(Paths.ORG_LIMITS, admin, this::limit)
            .does("limitOrg", "Set what a tenant may hold; needs a token for every tenant")
            .takes(OrgLimitsBody.class)
            .upTo(4_096)
            .answers(204));
  }

  private Response hosts(Request request) {
    var now = time.instant();
    var views =
        storage.hosts().list(Orgs.of(request)).stream()
            .map(host -> Views.host(host, hostLostAfter, now))
            .toList();
    return Response.json(200, new Items<HostView>(views, null));
  }

  private Response orgs(Request request) {
    var principal = request.principal();
    var views =
        storage.orgs().list().stream()
            .filter(org -> principal.everyOrg() || org.org().equals(principal.org()))
            .map(Views::org)
            .toList();
    return Response.json(200, new Items<OrgView>(views, null));
  }

  private Response limit(Request request) {
    Orgs.requireOperator(request, "set limits of a tenant");
    var body = request.json(OrgLimitsBody.class);
    storage
        .orgs()
        .limit(
            new OrgId(request.param("org")),
            new OrgLimits(body.maxRunning(), body.maxRunningPerRepository(), body.maxWaiting()));
    return Response.empty(204);
  }
}
