package dev.nimbus.adapters.azure;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.ProviderFaultContract;
import dev.nimbus.testkit.provider.ProviderFaults;
import org.junit.jupiter.api.AfterEach;

final class AzureProviderTest extends ProviderFaultContract {
  private final AzureAccount account = new AzureAccount();

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
    return AzureAccount.cell(Market.ON_DEMAND);
  }

  @Override
  protected String userData() {
    return AzureAccount.USER_DATA;
  }

  @Override
  protected void settle() {
    account.arm().settle();
  }

  @Override
  protected ProviderFaults faults() {
    return account.arm();
  }
}
