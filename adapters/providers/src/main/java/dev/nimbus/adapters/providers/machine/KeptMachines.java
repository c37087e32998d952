package dev.nimbus.adapters.providers.machine;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.BootFormat;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.Listing;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Hosts that exist already, as a provider of machines: each has room for so many. */
public final class KeptMachines implements Provider {
  private final ControllerId controller;
  private final Map<String, Keeper> keepers = new TreeMap<>();
  private final Runnable closing;

  /**
   * Of these hosts.
   *
   * @param closing ends what their shells have in common, after they are closed
   */
  public KeptMachines(ControllerId controller, Map<Place, Shell> places, Runnable closing) {
    this.controller = controller;
    this.closing = closing;
    var script = KeeperScript.load();
    places.forEach((place, shell) -> keepers.put(place.name(), new Keeper(script, place, shell)));
  }

  @Override
  public Launch launch(MachineSpec spec) {
    var cell = spec.cell();
    var keeper = keepers.get(cell.place());
    if (!cell.type().equals(Keeper.TYPE)) {
      return new Launch.Refused(
          "there is no type '%s' here, only '%s'".formatted(cell.type(), Keeper.TYPE));
    }
    if (cell.market() != Market.ON_DEMAND) {
      return new Launch.Refused(
          "one's own hosts are not on the market '" + cell.market().word() + "'");
    }
    if (keeper == null) {
      return new Launch.Refused(
          "there is no place '%s' here (%s)".formatted(cell.place(), known()));
    }
    try {
      return keeper.launch(spec);
    } catch (NimbusException e) {
      if (e.kind() == Kind.DENIED) {
        return new Launch.Refused(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  @Override
  public void terminate(InstanceRef machine) {
    if (!machine.name().controller().equals(controller)) {
      throw new NimbusException(
          Kind.DENIED,
          "Cannot terminate %s: it is not of controller %s".formatted(machine, controller));
    }
    var keeper = keepers.get(machine.place());
    if (keeper == null) {
      throw new NimbusException(
          Kind.INVALID,
          "Cannot terminate %s: there is no place '%s' here (%s)"
              .formatted(machine, machine.place(), known()));
    }
    keeper.terminate(machine);
  }

  /** Asks all hosts at once. Where one does not answer there is no list, for it would be wrong. */
  @Override
  public List<Instance> instances() {
    return AllAtOnce.ask(keepers.values(), keeper -> keeper.instances(controller));
  }

  @Override
  public Listing listing() {
    var silent = new ConcurrentHashMap<String, String>();
    var found =
        AllAtOnce.askWilling(
            keepers.entrySet(),
            place -> place.getValue().instances(controller),
            (place, why) -> silent.put(place.getKey(), why));
    return new Listing(found, silent);
  }

  /** A host knows at once what it was told. */
  @Override
  public Duration settling() {
    return Duration.ZERO;
  }

  @Override
  public Billing billing(String type) {
    return new Billing.Owned();
  }

  @Override
  public BootFormat bootFormat() {
    return BootFormat.SHELL;
  }

  @Override
  public List<Finding> check() {
    return AllAtOnce.ask(keepers.values(), Keeper::check);
  }

  @Override
  public void close() {
    keepers.values().forEach(Keeper::close);
    closing.run();
  }

  private String known() {
    return String.join(", ", keepers.keySet());
  }
}
