package dev.nimbus.controlplane.http;

import dev.nimbus.api.Paths;
import dev.nimbus.api.machine.BootReply;
import dev.nimbus.api.machine.BootRequest;
import dev.nimbus.api.machine.MachineReport;
import dev.nimbus.controlplane.boot.Booting;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.Report;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.util.List;
import java.util.Objects;

/** Machines at their first start. Open to anybody; the ticket says which machine it is. */
public final class BootRoutes {
  private static final long MAX_TICKET = 4_096;
  private static final long MAX_REPORT = 64 << 10;

  private final Booting booting;

  public BootRoutes(Booting booting) {
    this.booting = booting;
  }

  public List<Route> routes() {
    return List.of(
        Route.post(Paths.BOOT, Access.open(), this::redeem)
            .does("bootMachine", "Spend a machine's boot ticket for everything else it needs")
            .takes(BootRequest.class)
            .upTo(MAX_TICKET)
            .answers(200, BootReply.class)
            .refuses(Kind.DENIED),
        Route.post(Paths.BOOT_REPORT, Access.open(), this::report)
            .does("reportMachine", "Say how a machine is while no agent speaks for it")
            .takes(MachineReport.class)
            .upTo(MAX_REPORT)
            .answers(204)
            .refuses(Kind.DENIED));
  }

  private Response redeem(Request request) {
    var body = request.json(BootRequest.class);
    var begun = booting.redeem(new MachineName(body.machine()), body.ticket());
    return Response.json(
        200,
        new BootReply(
            begun.agent().token(),
            begun.agent().expiresAt(),
            List.copyOf(begun.labels().values())));
  }

  private Response report(Request request) {
    var body = request.json(MachineReport.class);
    var detail = Objects.requireNonNullElse(body.detail(), "");
    var name = new MachineName(request.param("machine"));
    booting.report(name, body.ticket(), new Report(body.state(), detail));
    return Response.empty(204);
  }
}
