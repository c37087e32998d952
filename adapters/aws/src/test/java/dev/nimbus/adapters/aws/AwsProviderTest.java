package dev.nimbus.adapters.aws;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.ProviderContract;
import dev.nimbus.testkit.provider.aws.Moto;
import dev.nimbus.testkit.provider.aws.WithMoto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Through what remembers client tokens, which moto does not. */
@ExtendWith(WithMoto.class)
final class AwsProviderTest extends ProviderContract {
  private final MotoAccount account;

  AwsProviderTest(Moto moto) {
    account = new MotoAccount(moto);
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
    return MotoAccount.cell(Market.ON_DEMAND);
  }

  @Override
  protected String userData() {
    return "#cloud-config\n";
  }
}
