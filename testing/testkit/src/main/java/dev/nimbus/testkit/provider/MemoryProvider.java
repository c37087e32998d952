package dev.nimbus.testkit.provider;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.BootFormat;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Provider;
import java.util.List;

/** A {@link MemoryCloud} as one controller sees it. */
final class MemoryProvider implements Provider {
  private final MemoryCloud cloud;
  private final ControllerId controller;

  MemoryProvider(MemoryCloud cloud, ControllerId controller) {
    this.cloud = cloud;
    this.controller = controller;
  }

  @Override
  public Launch launch(MachineSpec spec) {
    return cloud.launch(spec);
  }

  @Override
  public void terminate(InstanceRef machine) {
    cloud.terminate(controller, machine);
  }

  @Override
  public List<Instance> instances() {
    return cloud.instances(controller);
  }

  @Override
  public Billing billing(String type) {
    return cloud.billing();
  }

  @Override
  public BootFormat bootFormat() {
    return BootFormat.CLOUD_CONFIG;
  }

  @Override
  public List<Finding> check() {
    return List.of(Finding.fine("answers"));
  }

  @Override
  public void close() {}
}
