package dev.nimbus.adapters.azure;

import com.azure.core.http.HttpClient;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.BootFormat;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.ListPrice;
import dev.nimbus.core.provider.ListPrices;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.SpotPrice;
import dev.nimbus.core.provider.SpotPrices;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Machines of Azure, in one resource group. The place of a cell is a location, or a zone of it. */
public final class AzureProvider implements Provider, ListPrices, SpotPrices {
  private static final Billing BY_THE_SECOND = new Billing.PerSecond(Duration.ofSeconds(1));

  private final Settings settings;
  private final Arm arm;
  private final Sightings sightings;
  private final Launching launching;
  private final Ending ending;
  private final PriceReader prices;

  AzureProvider(Settings settings, ControllerId controller, Outside outside) {
    this.settings = settings;
    this.arm = new Arm(settings, outside.http());
    this.sightings = new Sightings(arm, settings, controller);
    this.ending = new Ending(arm, settings, sightings, controller);
    this.prices = new PriceReader(arm, settings, outside.time());
    var requests = new MachineRequest(settings, SshKey::ofNobody);
    this.launching = new Launching(arm, settings, sightings, ending, requests, outside.patience());
  }

  /**
   * Reads the account and makes no call; {@code INVALID} names everything that is missing or wrong.
   */
  public static AzureProvider open(
      ProviderAccount account,
      Map<String, String> secrets,
      ControllerId controller,
      InstantSource time) {
    return new AzureProvider(
        SettingsReader.read(account, secrets),
        controller,
        new Outside(Arm.internet(), Patience.USUAL, time));
  }

  /** How the world is reached, and how long it is waited for. */
  record Outside(HttpClient http, Patience patience, InstantSource time) {}

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
      return sightings.instances();
    } catch (Refusal e) {
      throw e.failure("list the machines in resource group " + settings.group());
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
  public List<ListPrice> listPrices(Set<String> types) {
    return prices.list(types);
  }

  @Override
  public List<SpotPrice> spotPrices(Set<String> types) {
    return prices.spot(types);
  }

  @Override
  public List<Finding> check() {
    return new Check(arm, settings, sightings).all();
  }

  /** Nothing is kept open that would not end by itself. */
  @Override
  public void close() {}
}
