package dev.nimbus.controlplane.http;

import dev.nimbus.api.Paths;
import dev.nimbus.api.lease.Fenced;
import dev.nimbus.api.lease.RunnerReply;
import dev.nimbus.controlplane.runner.RunnerMint;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.util.List;

/** Hosts asking for the credential of a runner they are about to start. */
public final class RunnerRoutes {
  private static final long MAX_BODY = 4_096;

  private final RunnerMint mint;

  public RunnerRoutes(RunnerMint mint) {
    this.mint = mint;
  }

  public List<Route> routes(Access agent) {
    return List.of(
        Route.post(Paths.LEASE_RUNNER, agent, this::runner)
            .does("registerRunner", "Register the forge's runner a held job is for")
            .takes(Fenced.class)
            .upTo(MAX_BODY)
            .answers(200, RunnerReply.class)
            .refuses(Kind.CONFLICT, Kind.UNAVAILABLE));
  }

  private Response runner(Request request) {
    var body = request.json(Fenced.class);
    var host = AgentRoutes.speaking(request, body.host());
    var launch = mint.mint(host, new JobId(request.param("job")), new Fence(body.fence()));
    return Response.json(
        200,
        new RunnerReply(
            launch.kind().tool(), launch.command(), launch.environment(), launch.files()));
  }
}
