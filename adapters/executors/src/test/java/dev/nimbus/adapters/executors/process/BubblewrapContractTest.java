package dev.nimbus.adapters.executors.process;

final class BubblewrapContractTest extends ProcessExecutorContract {
  BubblewrapContractTest() {
    super(LauncherKind.BUBBLEWRAP, false);
  }
}
