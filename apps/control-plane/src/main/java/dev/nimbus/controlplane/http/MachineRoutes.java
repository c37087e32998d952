package dev.nimbus.controlplane.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.machine.MachineView;
import dev.nimbus.api.machine.MakeMachine;
import dev.nimbus.controlplane.scaling.HandMade;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.storage.MachineStore;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Parameter;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** The machines of a tenant: what exists, why, and how far its life has come. */
public final class MachineRoutes {
  private static final int MOST = 1_000;
  private static final Parameter<Boolean> GONE =
      Parameter.flag("gone", "Whether also those that are gone are wanted.");

  private static final long MAX_BODY = 4_096;

  private final MachineStore machines;
  private final HandMade handMade;
  private final InstantSource time;

  public MachineRoutes(MachineStore machines, HandMade handMade, InstantSource time) {
    this.machines = machines;
    this.handMade = handMade;
    this.time = time;
  }

  public List<Route> routes(Access admin) {
    return List.of(
        Route.get(Paths.MACHINES, admin, this::list)
            .does("listMachines", "List the tenant's machines, the newest thousand first")
            .asks(Orgs.ORG, GONE)
            .answers(200, Items.class, MachineView.class),
        Route.post(Paths.MACHINES, admin, this::make)
            .does("makeMachine", "Have a machine made; ask for it to follow")
            .asks(Orgs.ORG)
            .takes(MakeMachine.class)
            .upTo(MAX_BODY)
            .creates(MachineView.class)
            .refuses(Kind.NOT_FOUND),
        Route.get(Paths.MACHINE, admin, this::show)
            .does("getMachine", "One machine, and how far its end has come")
            .asks(Orgs.ORG)
            .answers(200, MachineView.class)
            .refuses(Kind.NOT_FOUND),
        Route.delete(Paths.MACHINE, admin, this::terminate)
            .does(
                "terminateMachine", "Have a machine ended, whatever it does; ask for it to follow")
            .asks(Orgs.ORG)
            .answers(202, MachineView.class)
            .refuses(Kind.NOT_FOUND));
  }

  private Response list(Request request) {
    var views =
        machines.list(Orgs.of(request), request.value(GONE), MOST).stream()
            .map(MachineRoutes::view)
            .toList();
    return Response.json(200, new Items<MachineView>(views, null));
  }

  private Response make(Request request) {
    var body = request.json(MakeMachine.class);
    var wanted =
        new HandMade.Wanted(
            new PoolName(body.pool()),
            Objects.requireNonNullElse(body.place(), ""),
            Objects.requireNonNullElse(body.type(), ""));
    var key = request.once().key();
    var made = handMade.make(Orgs.of(request), wanted, key, request.principal().subject());
    return Response.json(made.fresh() ? 201 : 200, view(made.machine()));
  }

  private Response show(Request request) {
    return Response.json(200, view(find(request)));
  }

  /** Repeatable: one that is ending already goes on ending. */
  private Response terminate(Request request) {
    var machine = find(request);
    var by = "asked for by " + request.principal().subject();
    var end = new Machine.End(EndCause.ASKED_FOR, by);
    machines.retire(machine.name(), end, true, time.instant());
    return Response.json(202, view(find(request)));
  }

  private Machine find(Request request) {
    var org = Orgs.of(request);
    var name = new MachineName(request.param("id"));
    return machines.find(org, name).orElseThrow(() -> unknown(org, name));
  }

  private static MachineView view(Machine machine) {
    var cell = machine.cell();
    var moments = machine.moments();
    return new MachineView(
        machine.name().value(),
        machine.org().value(),
        machine.pool().value(),
        cell.provider().value(),
        cell.place(),
        cell.type(),
        cell.image(),
        cell.market().word(),
        machine.stage().word(),
        machine.busy(),
        machine.warm(),
        machine.purpose(),
        machine.providerId(),
        machine.report().state(),
        machine.report().detail(),
        machine.end().map(end -> end.cause().word()).orElse(null),
        machine.end().map(Machine.End::why).orElse(null),
        moments.asked(),
        moments.launched().orElse(null),
        moments.redeemed().orElse(null),
        moments.ready().orElse(null),
        moments.ending().orElse(null),
        moments.gone().orElse(null),
        machine.revision());
  }

  private static NimbusException unknown(OrgId org, MachineName name) {
    return new NimbusException(
        Kind.NOT_FOUND, "There is no machine '%s' of tenant '%s'".formatted(name, org));
  }
}
