package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.ProviderFaultContract;
import dev.nimbus.testkit.provider.ProviderFaults;
import org.junit.jupiter.api.AfterEach;

/** On fabric8's mock server. */
final class KubernetesProviderTest extends ProviderFaultContract {
  private final MockCluster cluster = new MockCluster();

  @AfterEach
  void leave() {
    cluster.close();
  }

  @Override
  protected Provider open(ControllerId controller) {
    return cluster.open(controller);
  }

  @Override
  protected Cell cell() {
    return Accounts.cell(MockCluster.NAMESPACE);
  }

  @Override
  protected String userData() {
    return "#!/bin/sh\nexit 0\n";
  }

  @Override
  protected ProviderFaults faults() {
    return cluster.front();
  }

  @Override
  protected void settle() {
    cluster.front().settle();
  }
}
