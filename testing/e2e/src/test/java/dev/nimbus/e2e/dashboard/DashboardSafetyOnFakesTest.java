package dev.nimbus.e2e.dashboard;

final class DashboardSafetyOnFakesTest extends DashboardSafetyContract {
  @Override
  Site startSite() throws Exception {
    return FakeSite.start();
  }
}
