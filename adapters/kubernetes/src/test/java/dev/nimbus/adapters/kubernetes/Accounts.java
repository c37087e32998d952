package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.secret.Sealed;
import java.time.Instant;
import java.util.Map;

/** Accounts and cells for tests. */
final class Accounts {
  static final String TYPE = "cpu=2,memory=4Gi";
  static final String IMAGE = "registry.example/runner:1";

  private Accounts() {}

  static ProviderAccount account(Map<String, String> options) {
    return new ProviderAccount(
        new OrgId("acme"),
        new ProviderName("cluster"),
        ProviderKind.KUBERNETES,
        ProviderAccount.options(options),
        new Sealed("key", ""),
        Instant.EPOCH,
        1);
  }

  static Cell cell(String namespace) {
    return cell(namespace, TYPE);
  }

  static Cell cell(String namespace, String type) {
    return new Cell(new ProviderName("cluster"), namespace, type, IMAGE, Market.ON_DEMAND);
  }
}
