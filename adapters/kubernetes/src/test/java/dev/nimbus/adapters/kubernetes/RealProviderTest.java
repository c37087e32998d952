package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.ProviderContract;
import dev.nimbus.testkit.provider.kubernetes.KubePeer;
import dev.nimbus.testkit.provider.kubernetes.WithKubePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** On Kubernetes itself, with nothing between, and no more rights than the page says. */
@ExtendWith(WithKubePeer.class)
final class RealProviderTest extends ProviderContract {
  private final RealCluster cluster;

  RealProviderTest(KubePeer peer) {
    cluster = new RealCluster(peer);
  }

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
    return Accounts.cell(cluster.namespace());
  }

  @Override
  protected String userData() {
    return "#!/bin/sh\nexit 0\n";
  }
}
