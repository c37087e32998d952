package dev.nimbus.adapters.executors.process;

final class BubblewrapLifetimeTest extends LifetimeTest {
  BubblewrapLifetimeTest() {
    super(LauncherKind.BUBBLEWRAP);
  }
}
