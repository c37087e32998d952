package dev.nimbus.adapters.executors.process;

final class BubblewrapAsOrdinaryUserContractTest extends ProcessExecutorContract {
  BubblewrapAsOrdinaryUserContractTest() {
    super(LauncherKind.BUBBLEWRAP, true);
  }
}
