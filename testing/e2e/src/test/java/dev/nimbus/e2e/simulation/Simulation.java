package dev.nimbus.e2e.simulation;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run: a plan, a time in which things go wrong, and a time in which everything must end. */
final class Simulation {
  private static final Duration HEALING = Duration.ofMinutes(30);
  private static final int EVENTS_BETWEEN_RECOUNTS = 200;

  private final World world;
  private final Plan plan;
  private final JudgedStorage storage;
  private final List<SimulatedControlPlane> planes = new ArrayList<>();
  private final List<SimulatedHost> hosts = new ArrayList<>();
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final Sandboxes sandboxes;
  private final Ends ends;

  Simulation(long seed, Storage storage, Judgement judgement) {
    this.world = new World(seed);
    this.plan = Plan.of(world.chance());
    this.storage = new JudgedStorage(storage, world, plan);
    var network = new Network(world);
    planes.add(new SimulatedControlPlane("cp-a", world, this.storage));
    planes.add(new SimulatedControlPlane("cp-b", world, this.storage));
    var uplink = new Uplink(world, network, planes);
    plan.tenants().forEach(tenant -> add(tenant, uplink));
    plan.machines().forEach(machine -> hosts.add(host(machine, uplink)));
    hosts.forEach(host -> host.agent().judgeBy(judgement));
    this.sandboxes = new Sandboxes(world, hosts, this.storage.ledger());
    this.ends = new Ends(this.storage.ledger(), hosts);
  }

  Trace trace() {
    return world.trace();
  }

  /** Runs to the end; throws what went wrong. */
  void run() {
    planes.forEach(SimulatedControlPlane::start);
    hosts.forEach(SimulatedHost::boot);
    new Faults(world, planes, hosts).next();
    world.timeline().after(plan.rough(), world::heal);
    var events = 0;
    while (!done() && world.timeline().next()) {
      sandboxes.judge();
      if (++events % EVENTS_BETWEEN_RECOUNTS == 0) {
        storage.recount();
      }
      if (world.timeline().now().compareTo(plan.rough().plus(HEALING)) > 0) {
        throw new BrokenPromise("Not everything ended: " + ends.open());
      }
    }
    storage.recount();
    ends.judge();
  }

  private boolean done() {
    return world.healing() && clients.stream().allMatch(SimulatedClient::heard) && ends.allEnded();
  }

  private void add(Plan.Tenant tenant, Uplink uplink) {
    var org = new OrgId(world.name(tenant.name()));
    storage.limit(org, tenant.limits());
    for (var i = 0; i < tenant.jobs(); i++) {
      var client = new SimulatedClient(tenant.name() + i, org, world, uplink);
      clients.add(client);
      client.begin(world.chance().upTo(tenant.within()));
    }
  }

  private SimulatedHost host(Plan.Machine machine, Uplink uplink) {
    var shared = machine.owner().isEmpty();
    var registration =
        new Registration(
            new HostId(world.name(machine.name())),
            new OrgId(world.name(shared ? "third" : machine.owner())),
            shared ? Host.Sharing.ALL : Host.Sharing.OWN,
            Labels.of(machine.large() ? List.of("large") : List.of()),
            new Size(4_000, 6L << 30),
            machine.slots(),
            List.of(),
            "simulated");
    return new SimulatedHost(machine.name(), world, registration, uplink);
  }
}
