package dev.nimbus.adapters.executors.process;

final class BubblewrapIsolationTest extends IsolationTest {
  BubblewrapIsolationTest() {
    super(LauncherKind.BUBBLEWRAP);
  }
}
