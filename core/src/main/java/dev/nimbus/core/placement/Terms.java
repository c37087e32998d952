package dev.nimbus.core.placement;

import dev.nimbus.core.provider.Billing;
import java.time.Duration;
import java.util.Map;

/**
 * On which terms machines can be had now. What is missing is not known, and nothing is held against
 * it.
 *
 * @param prices of an hour, in millionths of a US dollar
 * @param billing by the second when missing
 */
public record Terms(
    Map<OrgCell, Long> prices,
    Map<OrgCell, Billing> billing,
    Map<OrgCell, CellHealth> health,
    Map<OrgProvider, AccountHealth> accounts,
    Map<PoolCell, Refusal> refusals) {
  public static final Terms UNKNOWN = new Terms(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  private static final Billing BY_THE_SECOND = new Billing.PerSecond(Duration.ZERO);

  public Terms {
    prices = Map.copyOf(prices);
    billing = Map.copyOf(billing);
    health = Map.copyOf(health);
    accounts = Map.copyOf(accounts);
    refusals = Map.copyOf(refusals);
  }

  Billing billing(OrgCell cell) {
    return billing.getOrDefault(cell, BY_THE_SECOND);
  }

  CellHealth health(OrgCell cell) {
    return health.getOrDefault(cell, CellHealth.sound());
  }

  AccountHealth account(OrgCell cell) {
    return accounts.getOrDefault(
        new OrgProvider(cell.org(), cell.cell().provider()), AccountHealth.SOUND);
  }
}
