package dev.nimbus.testkit.provider;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.log.SteppedTime;
import java.time.Duration;
import java.time.Instant;

final class MemoryProviderTest extends ProviderFaultContract {
  private final SteppedTime time = new SteppedTime(Instant.parse("2026-11-25T12:00:00Z"));
  private final MemoryCloud cloud =
      new MemoryCloud(
          time,
          new MemoryCloud.Habits(
              Duration.ofSeconds(20),
              Duration.ofSeconds(30),
              new Billing.PerSecond(Duration.ofMinutes(1))));

  @Override
  protected Provider open(ControllerId controller) {
    return cloud.as(controller);
  }

  @Override
  protected Cell cell() {
    return new Cell(new ProviderName("mem"), "zone-a", "small", "debian", Market.ON_DEMAND);
  }

  @Override
  protected String userData() {
    return "#cloud-config\n";
  }

  @Override
  protected void settle() {
    time.step(Duration.ofMinutes(1));
  }

  @Override
  protected ProviderFaults faults() {
    return cloud;
  }
}
