package dev.nimbus.adapters.gcp;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.BootFormat;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderAccount;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Machines of Google Compute Engine, in one project. The place of a cell is a zone. */
public final class GcpProvider implements Provider {
  private static final Billing BY_THE_SECOND = new Billing.PerSecond(Duration.ofMinutes(1));

  private final Gce gce;
  private final Settings settings;
  private final ControllerId controller;
  private final Sightings sightings;
  private final Launching launching;
  private final Ending ending;

  private GcpProvider(Settings settings, ControllerId controller, InstantSource time) {
    this.settings = settings;
    this.controller = controller;
    this.gce = new Gce(settings);
    this.sightings = new Sightings(gce, settings, controller);
    this.launching = new Launching(gce, settings, sightings);
    this.ending = new Ending(gce, settings, sightings, controller, time);
  }

  /**
   * Reads the account and makes no call; {@code INVALID} names everything that is missing or wrong.
   */
  public static GcpProvider open(
      ProviderAccount account,
      Map<String, String> secrets,
      ControllerId controller,
      InstantSource time) {
    return new GcpProvider(SettingsReader.read(account, secrets), controller, time);
  }

  @Override
  public Launch launch(MachineSpec spec) {
    return launching.launch(spec);
  }

  @Override
  public void terminate(InstanceRef machine) {
    ending.terminate(machine);
  }

  @Override
  public List<Instance> instances() {
    try {
      return sightings.existing().stream()
          .filter(one -> one.madeBy(controller))
          .map(Sighting::instance)
          .toList();
    } catch (Refusal e) {
      throw e.failure("list the machines of project " + settings.project());
    }
  }

  @Override
  public Billing billing(String type) {
    return BY_THE_SECOND;
  }

  @Override
  public BootFormat bootFormat() {
    return BootFormat.CLOUD_CONFIG;
  }

  @Override
  public List<Finding> check() {
    return new Check(gce, settings, sightings, controller).all();
  }

  @Override
  public void close() {
    gce.close();
  }
}
