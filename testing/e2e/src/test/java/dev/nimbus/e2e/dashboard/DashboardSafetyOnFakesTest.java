package dev.nimbus.e2e.dashboard;

import org.junit.jupiter.api.Tag;

@Tag("slow")
final class DashboardSafetyOnFakesTest extends DashboardSafetyContract {
  @Override
  Site startSite() throws Exception {
    return FakeSite.start();
  }
}
