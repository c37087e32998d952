package dev.nimbus.adapters.executors.process;

final class UnshareAsOrdinaryUserContractTest extends ProcessExecutorContract {
  UnshareAsOrdinaryUserContractTest() {
    super(LauncherKind.UNSHARE, true);
  }
}
