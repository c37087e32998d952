package dev.nimbus.adapters.executors.process;

final class UnshareContractTest extends ProcessExecutorContract {
  UnshareContractTest() {
    super(LauncherKind.UNSHARE, false);
  }
}
