package dev.nimbus.adapters.aws;

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
import java.util.List;
import java.util.Map;

/** Machines of Amazon EC2, in one region. The place of a cell is a zone. */
public final class AwsProvider implements Provider {
  private static final Billing BY_THE_SECOND = new Billing.PerSecond(Duration.ofMinutes(1));

  private final Ec2 ec2;
  private final Settings settings;
  private final ControllerId controller;
  private final Sightings sightings;
  private final RunRequest requests;
  private final Launching launching;
  private final Ending ending;

  private AwsProvider(Settings settings, ControllerId controller) {
    this.settings = settings;
    this.controller = controller;
    this.ec2 = new Ec2(settings);
    this.sightings = new Sightings(ec2, controller);
    this.requests = new RunRequest(settings);
    this.launching = new Launching(ec2, sightings, requests);
    this.ending = new Ending(ec2, sightings, controller);
  }

  /**
   * Reads the account and makes no call; {@code INVALID} names everything that is missing or wrong.
   */
  public static AwsProvider open(
      ProviderAccount account, Map<String, String> secrets, ControllerId controller) {
    return new AwsProvider(SettingsReader.read(account, secrets), controller);
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
      throw e.failure("list the machines in " + settings.region());
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
    return new Check(ec2, settings, sightings, requests, controller).all();
  }

  @Override
  public void close() {
    ec2.close();
  }
}
