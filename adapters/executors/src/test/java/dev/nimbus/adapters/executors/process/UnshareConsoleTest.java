package dev.nimbus.adapters.executors.process;

final class UnshareConsoleTest extends ConsoleTest {
  UnshareConsoleTest() {
    super(LauncherKind.UNSHARE);
  }
}
