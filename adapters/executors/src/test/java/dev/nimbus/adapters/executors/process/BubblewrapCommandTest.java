package dev.nimbus.adapters.executors.process;

final class BubblewrapCommandTest extends CommandTest {
  BubblewrapCommandTest() {
    super(LauncherKind.BUBBLEWRAP);
  }
}
