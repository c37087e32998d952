package dev.nimbus.adapters.executors.process;

final class UnshareLifetimeTest extends LifetimeTest {
  UnshareLifetimeTest() {
    super(LauncherKind.UNSHARE);
  }
}
