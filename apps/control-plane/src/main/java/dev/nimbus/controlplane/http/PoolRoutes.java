package dev.nimbus.controlplane.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.machine.PoolBody;
import dev.nimbus.api.machine.PoolMatch;
import dev.nimbus.api.machine.PoolView;
import dev.nimbus.controlplane.intake.Submission;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.PoolChoice;
import dev.nimbus.core.storage.MachineStore;
import dev.nimbus.core.storage.PoolStore;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Parameter;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.time.InstantSource;
import java.util.List;

/** The pools of a tenant, and which of them would serve a job. */
public final class PoolRoutes {
  private static final long MAX_BODY = 256 << 10;
  private static final Parameter<List<String>> LABELS =
      Parameter.words("labels", "What a job asks for, as it would be written on the job.");

  private final PoolStore pools;
  private final MachineStore machines;
  private final InstantSource time;

  public PoolRoutes(PoolStore pools, MachineStore machines, InstantSource time) {
    this.pools = pools;
    this.machines = machines;
    this.time = time;
  }

  public List<Route> routes(Access admin) {
    return List.of(
        Route.get(Paths.POOLS, admin, this::list)
            .does("listPools", "List the tenant's pools of machines")
            .asks(Orgs.ORG)
            .answers(200, Items.class, PoolView.class),
        Route.get(Paths.POOLS_MATCH, admin, this::match)
            .does("matchPools", "Which pools would serve a job, and why not the others")
            .asks(Orgs.ORG, LABELS)
            .answers(200, Items.class, PoolMatch.class),
        Route.get(Paths.POOL, admin, this::show)
            .does("getPool", "One pool")
            .asks(Orgs.ORG)
            .answers(200, PoolView.class)
            .refuses(Kind.NOT_FOUND),
        Route.put(Paths.POOL, admin, this::apply)
            .does("applyPool", "Make a pool, or make it be so")
            .asks(Orgs.ORG)
            .takes(PoolBody.class)
            .upTo(MAX_BODY)
            .answers(201, PoolView.class)
            .answers(200, PoolView.class),
        Route.delete(Paths.POOL, admin, this::remove)
            .does("removePool", "Forget a pool; its idle machines end, busy ones after their job")
            .asks(Orgs.ORG)
            .answers(204)
            .refuses(Kind.NOT_FOUND));
  }

  private Response list(Request request) {
    var spent = machines.spending(time.instant());
    var views =
        pools.list(Orgs.of(request)).stream().map(pool -> PoolBodies.view(pool, spent)).toList();
    return Response.json(200, new Items<PoolView>(views, null));
  }

  private Response match(Request request) {
    var required = Submission.requirements(request.value(LABELS));
    var matches =
        pools.list(Orgs.of(request)).stream()
            .map(pool -> PoolChoice.of(pool, required))
            .map(one -> new PoolMatch(one.pool().value(), one.serves(), one.why()))
            .toList();
    return Response.json(200, new Items<PoolMatch>(matches, null));
  }

  private Response show(Request request) {
    return Response.json(200, view(find(request)));
  }

  private Response apply(Request request) {
    var org = Orgs.of(request);
    var name = name(request);
    var known = pools.find(org, name).isPresent();
    var pool = PoolBodies.read(org, name, request.json(PoolBody.class), time.instant());
    var applied = pools.apply(pool, time.instant());
    return Response.json(known ? 200 : 201, view(applied));
  }

  private Response remove(Request request) {
    if (!pools.remove(Orgs.of(request), name(request))) {
      throw unknown(Orgs.of(request), name(request));
    }
    return Response.empty(204);
  }

  private PoolView view(Pool pool) {
    return PoolBodies.view(pool, machines.spending(time.instant()));
  }

  private Pool find(Request request) {
    var org = Orgs.of(request);
    var name = name(request);
    return pools.find(org, name).orElseThrow(() -> unknown(org, name));
  }

  private static PoolName name(Request request) {
    return new PoolName(request.param("name"));
  }

  private static NimbusException unknown(OrgId org, PoolName name) {
    return new NimbusException(
        Kind.NOT_FOUND, "There is no pool '%s' of tenant '%s'".formatted(name, org));
  }
}
