package dev.nimbus.adapters.executors.process;

final class UnshareEquipmentTest extends EquipmentTest {
  UnshareEquipmentTest() {
    super(LauncherKind.UNSHARE);
  }
}
