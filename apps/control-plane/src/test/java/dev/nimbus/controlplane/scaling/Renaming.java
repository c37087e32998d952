package dev.nimbus.controlplane.scaling;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.BootFormat;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Provider;
import java.util.List;

/** A provider with a bug: whoever asks twice gets two machines. */
final class Renaming implements Provider {
  private final Provider real;
  private int asked;

  Renaming(Provider real) {
    this.real = real;
  }

  @Override
  public Launch launch(MachineSpec spec) {
    asked++;
    var name = MachineName.of(spec.name().controller(), "twin%04d".formatted(asked));
    return real.launch(
        new MachineSpec(
            name, spec.owner(), spec.cell(), spec.diskGib(), spec.userData(), spec.maxLife()));
  }

  @Override
  public void terminate(InstanceRef machine) {
    real.terminate(machine);
  }

  @Override
  public List<Instance> instances() {
    return real.instances();
  }

  @Override
  public Billing billing(String type) {
    return real.billing(type);
  }

  @Override
  public BootFormat bootFormat() {
    return real.bootFormat();
  }

  @Override
  public List<Finding> check() {
    return real.check();
  }

  @Override
  public void close() {
    real.close();
  }
}
