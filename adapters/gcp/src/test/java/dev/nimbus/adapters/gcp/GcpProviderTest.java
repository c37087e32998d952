package dev.nimbus.adapters.gcp;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.ProviderContract;
import dev.nimbus.testkit.provider.gcp.Google;
import dev.nimbus.testkit.provider.gcp.WithGoogle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithGoogle.class)
final class GcpProviderTest extends ProviderContract {
  private final GceAccount account;

  GcpProviderTest(Google google) {
    account = new GceAccount(google);
  }

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
    return GceAccount.cell(Market.ON_DEMAND);
  }

  @Override
  protected String userData() {
    return "#cloud-config\n";
  }

  @Override
  protected void settle() {
    account.gce().settle();
  }
}
