package dev.nimbus.adapters.executors.process;

final class BubblewrapEquipmentTest extends EquipmentTest {
  BubblewrapEquipmentTest() {
    super(LauncherKind.BUBBLEWRAP);
  }
}
