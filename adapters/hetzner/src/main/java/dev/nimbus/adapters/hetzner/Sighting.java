package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Owner;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server as Hetzner describes it.
 *
 * @param tags those of its labels that Nimbus writes
 */
record Sighting(Wire.Server server, Map<String, String> tags) {
  private static final String OURS = "nimbus-";

  static Sighting of(Wire.Server server) {
    var ours = new TreeMap<String, String>();
    server
        .labels()
        .forEach(
            (key, value) -> {
              if (key.startsWith(OURS)) {
                ours.put(key, value);
              }
            });
    return new Sighting(server, ours);
  }

  long id() {
    return server.id();
  }

  /** The name of the machine it is, by its labels; empty for none. */
  String name() {
    return tags.getOrDefault(Owner.MACHINE, "");
  }

  /** Whether it carries this controller's label and a name of it. */
  boolean madeBy(ControllerId controller) {
    return controller.value().equals(tags.getOrDefault(Owner.CONTROLLER, ""))
        && MachineName.fits(name())
        && new MachineName(name()).controller().equals(controller);
  }

  boolean is(MachineName wanted) {
    return madeBy(wanted.controller()) && name().equals(wanted.value());
  }

  boolean ending() {
    return state() == Instance.State.ENDING;
  }

  /** What it is to the rest of Nimbus; only for one with a name of ours. */
  Instance instance() {
    return new Instance(
        new InstanceRef(
            new MachineName(name()), server.location().name(), Long.toString(server.id())),
        server.serverType().name(),
        state(),
        tags,
        server.created());
  }

  private Instance.State state() {
    if (tags.containsKey(Recycler.DUE) && !server.status().equals("deleting")) {
      return Instance.State.STARTING; // What runs there now is not yet the machine of this name.
    }
    return switch (server.status()) {
      case "initializing", "starting", "rebuilding" -> Instance.State.STARTING;
      case "stopping", "off" -> Instance.State.STOPPED;
      case "deleting" -> Instance.State.ENDING;
      default -> Instance.State.RUNNING;
    };
  }
}
