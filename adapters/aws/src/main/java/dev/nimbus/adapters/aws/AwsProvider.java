package dev.nimbus.adapters.aws;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.BootFormat;
import dev.nimbus.core.provider.HostRental;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.RentedHost;
import dev.nimbus.core.provider.SpotPrice;
import dev.nimbus.core.provider.SpotPrices;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Machines of Amazon EC2, in one region. The place of a cell is a zone. */
public final class AwsProvider implements Provider, HostRental, SpotPrices {
  private static final Billing BY_THE_SECOND = new Billing.PerSecond(Duration.ofMinutes(1));

  private static final Billing BY_THE_DAY = new Billing.Committed(MacHosts.AT_LEAST);

  private final Ec2 ec2;
  private final Settings settings;
  private final ControllerId controller;
  private final Sightings sightings;
  private final RunRequest requests;
  private final MacHosts hosts;
  private final Launching launching;
  private final Ending ending;
  private final PriceReader prices;

  private AwsProvider(Settings settings, ControllerId controller, InstantSource time) {
    this.settings = settings;
    this.controller = controller;
    this.ec2 = new Ec2(settings);
    this.sightings = new Sightings(ec2, controller);
    this.requests = new RunRequest(settings);
    this.hosts = new MacHosts(ec2, controller, time);
    this.launching = new Launching(ec2, sightings, requests, hosts);
    this.prices = new PriceReader(ec2, settings.subnets().keySet(), time);
    this.ending = new Ending(ec2, sightings, controller);
  }

  /**
   * Reads the account and makes no call; {@code INVALID} names everything that is missing or wrong.
   */
  public static AwsProvider open(
      ProviderAccount account,
      Map<String, String> secrets,
      ControllerId controller,
      InstantSource time) {
    return new AwsProvider(SettingsReader.read(account, secrets), controller, time);
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
    return MacHosts.needs(type) ? BY_THE_DAY : BY_THE_SECOND;
  }

  @Override
  public BootFormat bootFormat() {
    return BootFormat.CLOUD_CONFIG;
  }

  @Override
  public List<RentedHost> hosts() {
    return hosts.hosts();
  }

  @Override
  public Release release(String host) {
    return hosts.release(host);
  }

  @Override
  public List<SpotPrice> spotPrices(Set<String> types) {
    return prices.read(types);
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
