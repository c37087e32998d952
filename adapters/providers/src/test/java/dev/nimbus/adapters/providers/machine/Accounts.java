package dev.nimbus.adapters.providers.machine;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.secret.Sealed;
import java.time.Instant;
import java.util.Map;

/** Accounts for tests. */
public final class Accounts {
  private Accounts() {}

  /** One with these options. */
  public static ProviderAccount of(ProviderKind kind, Map<String, String> options) {
    return new ProviderAccount(
        new OrgId("acme"),
        new ProviderName("hosts"),
        kind,
        ProviderAccount.options(options),
        new Sealed("none", ""),
        Instant.parse("2026-11-25T12:00:00Z"),
        1);
  }
}
