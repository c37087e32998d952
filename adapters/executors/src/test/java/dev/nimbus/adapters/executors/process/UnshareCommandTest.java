package dev.nimbus.adapters.executors.process;

final class UnshareCommandTest extends CommandTest {
  UnshareCommandTest() {
    super(LauncherKind.UNSHARE);
  }
}
