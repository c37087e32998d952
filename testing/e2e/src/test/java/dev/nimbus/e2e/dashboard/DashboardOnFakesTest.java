package dev.nimbus.e2e.dashboard;

final class DashboardOnFakesTest extends DashboardContract {
  @Override
  Site startSite() throws Exception {
    return FakeSite.start();
  }
}
