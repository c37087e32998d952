package dev.nimbus.e2e.dashboard;

import org.junit.jupiter.api.Tag;

@Tag("slow")
final class DashboardOnFakesTest extends DashboardContract {
  @Override
  Site startSite() throws Exception {
    return FakeSite.start();
  }
}
