package dev.nimbus.adapters.hetzner;

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
import dev.nimbus.core.provider.Recycling;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Machines of Hetzner Cloud, in one project. The place of a cell is a location. */
public final class HetznerProvider implements Provider, ListPrices, Recycling {
  /** One that is switched off is paid for all the same. */
  private static final Billing BY_THE_HOUR = new Billing.Blocks(Duration.ofHours(1));

  private final Settings settings;
  private final ControllerId controller;
  private final InstantSource time;
  private final Api api;
  private final Sightings sightings;
  private final Catalog catalog;
  private final Launching launching;
  private final Ending ending;
  private final Recycler recycler;
  private final PriceReader prices;

  private HetznerProvider(Settings settings, ControllerId controller, InstantSource time) {
    this.settings = settings;
    this.controller = controller;
    this.time = time;
    this.api = new Api(settings, time);
    this.sightings = new Sightings(api, controller);
    this.catalog = new Catalog(api, time);
    var requests = new CreateRequest(settings);
    this.launching = new Launching(api, sightings, catalog, requests);
    this.recycler = new Recycler(api, sightings, catalog, requests, launching, controller);
    this.ending = new Ending(api, sightings, controller);
    this.prices = new PriceReader(api, settings, time);
  }

  /**
   * Reads the account and makes no call; {@code INVALID} names everything that is missing or wrong.
   */
  public static HetznerProvider open(
      ProviderAccount account,
      Map<String, String> secrets,
      ControllerId controller,
      InstantSource time) {
    return new HetznerProvider(SettingsReader.read(account, secrets), controller, time);
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
  public Launch recycle(InstanceRef ended, MachineSpec spec) {
    return recycler.recycle(ended, spec);
  }

  @Override
  public List<Instance> instances() {
    try {
      return sightings.existing().stream()
          .filter(one -> one.madeBy(controller))
          .map(Sighting::instance)
          .toList();
    } catch (Refusal e) {
      throw e.failure("list the machines of provider '" + settings.name() + "'");
    }
  }

  @Override
  public Billing billing(String type) {
    return BY_THE_HOUR;
  }

  @Override
  public BootFormat bootFormat() {
    return BootFormat.CLOUD_CONFIG;
  }

  @Override
  public List<ListPrice> listPrices(Set<String> types) {
    return prices.read(types);
  }

  @Override
  public List<Finding> check() {
    return new Check(api, settings, sightings, catalog, controller, time).all();
  }

  @Override
  public void close() {
    api.close();
  }
}
