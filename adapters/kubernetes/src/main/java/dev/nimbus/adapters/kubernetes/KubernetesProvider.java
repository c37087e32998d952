package dev.nimbus.adapters.kubernetes;

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

/** Pods of one cluster. The place of a cell is a namespace. */
public final class KubernetesProvider implements Provider {
  /** Where nodes come and go with the pods, each second that a pod is gone may save one. */
  private static final Billing FOR_AS_LONG_AS_IT_IS = new Billing.PerSecond(Duration.ZERO);

  private final ApiServer server;
  private final Settings settings;
  private final ControllerId controller;
  private final Sightings sightings;
  private final PodRequest requests;
  private final Launching launching;
  private final Ending ending;

  KubernetesProvider(Settings settings, ControllerId controller) {
    this.settings = settings;
    this.controller = controller;
    this.server = new ApiServer(settings.access());
    this.sightings = new Sightings(server, settings, controller);
    this.requests = new PodRequest(settings);
    var deletion = new Deletion(server);
    this.launching = new Launching(server, settings, sightings, requests, deletion);
    this.ending = new Ending(sightings, deletion, controller);
  }

  /**
   * Reads the account and makes no call; {@code INVALID} names everything that is missing or wrong.
   */
  public static KubernetesProvider open(
      ProviderAccount account, Map<String, String> secrets, ControllerId controller) {
    return new KubernetesProvider(SettingsReader.read(account, secrets), controller);
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
      return sightings.all();
    } catch (Refusal e) {
      throw e.failure("list the pods in " + String.join(", ", settings.namespaces()));
    }
  }

  @Override
  public Billing billing(String type) {
    return settings.autoscaled() ? FOR_AS_LONG_AS_IT_IS : new Billing.Owned();
  }

  @Override
  public BootFormat bootFormat() {
    return BootFormat.SHELL;
  }

  @Override
  public List<Finding> check() {
    return new Check(server, settings, sightings, requests, controller).all();
  }

  @Override
  public void close() {
    server.close();
  }
}
