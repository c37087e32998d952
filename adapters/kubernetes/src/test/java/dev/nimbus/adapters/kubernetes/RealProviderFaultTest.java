package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.ProviderFaultContract;
import dev.nimbus.testkit.provider.ProviderFaults;
import dev.nimbus.testkit.provider.kubernetes.KubePeer;
import dev.nimbus.testkit.provider.kubernetes.WithKubePeer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** On Kubernetes itself, through what loses answers and makes others up. */
@ExtendWith(WithKubePeer.class)
final class RealProviderFaultTest extends ProviderFaultContract {
  private final RealCluster cluster;

  RealProviderFaultTest(KubePeer peer) {
    cluster = new RealCluster(peer);
  }

  @AfterEach
  void leave() {
    cluster.close();
  }

  @Override
  protected Provider open(ControllerId controller) {
    return cluster.openBehindFront(controller, Map.of());
  }

  @Override
  protected Cell cell() {
    return Accounts.cell(cluster.namespace());
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
