package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.ProviderFaultContract;
import dev.nimbus.testkit.provider.ProviderFaults;
import org.junit.jupiter.api.AfterEach;

final class HetznerProviderTest extends ProviderFaultContract {
  private final HetznerAccount account = new HetznerAccount();

  @AfterEach
  void leave() {
    account.close();
  }

  @Override
  protected Provider open(ControllerId controller) {
    return account.open(controller);
  }

  @Override
  protected Cell cell() {
    return HetznerAccount.cell();
  }

  @Override
  protected String userData() {
    return "#cloud-config\n";
  }

  @Override
  protected ProviderFaults faults() {
    return account.fake();
  }

  @Override
  protected void settle() {
    account.fake().settle();
  }
}
