package dev.nimbus.adapters.executors.process;

final class BubblewrapConsoleTest extends ConsoleTest {
  BubblewrapConsoleTest() {
    super(LauncherKind.BUBBLEWRAP);
  }
}
