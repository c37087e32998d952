package dev.nimbus.adapters.executors.process;

final class UnshareIsolationTest extends IsolationTest {
  UnshareIsolationTest() {
    super(LauncherKind.UNSHARE);
  }
}
