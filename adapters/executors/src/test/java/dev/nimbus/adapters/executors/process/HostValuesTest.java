package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small values read from the kernel or kept for later lives. */
final class HostValuesTest {
  @Test
  void aStatFileIsReadWhateverTheProcessIsCalled() {
    var rest = "0 0 0 0 -1 0 0 0 0 0 0 0 0 20 0 1 0 4711 0 0";
    assertThat(Processes.startTime("12 (sh) S 1 " + rest)).hasValue(4711);
    assertThat(Processes.startTime("12 (a) Z 1) S 1 " + rest)).hasValue(4711);
    assertThat(Processes.startTime("12 (sh) Z 1 " + rest)).isEmpty();
    assertThat(Processes.startTime("nonsense")).isEmpty();
  }

  @Test
  void aSupervisorIsKnownByBootAndStart() {
    var text = "boot-1\n77 (sh) S 1 0 0 0 0 -1 0 0 0 0 0 0 0 0 20 0 1 0 4711 0 0\n";
    assertThat(Supervisor.parse(text)).contains(new Supervisor("boot-1", 77, 4711));
    assertThat(Supervisor.parse("")).isEmpty();
    assertThat(Supervisor.parse("boot-1\n")).isEmpty();
  }

  @Test
  void aSupervisorOfAnotherBootIsNotAlive() {
    var self = ProcessHandle.current().pid();
    var start = Processes.startTime(self).orElseThrow();
    assertThat(new Supervisor("another boot", self, start).alive()).isFalse();
    assertThat(new Supervisor("another boot", self, start + 1).alive()).isFalse();
  }

  @Test
  void aRecordIsReadAsWritten() {
    var record = new SandboxRecord(2_000_001, 99, 7, List.of(Path.of("/a b"), Path.of("/c=d")));
    assertThat(SandboxRecord.parse(record.text())).isEqualTo(record);
    assertThat(SandboxRecord.parse("")).isEqualTo(SandboxRecord.NONE);
  }

  @Test
  void userIdsAreGivenInTurnAndRunOut() {
    var uids = new Uids(2_000_000, 3, 1);
    assertThat(uids.take()).isEqualTo(2_000_001);
    uids.claim(2_000_002);
    assertThat(uids.take()).isEqualTo(2_000_000);
    assertThatThrownBy(uids::take)
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("all 3 user ids");
    uids.free(2_000_001);
    assertThat(uids.take()).isEqualTo(2_000_001);
  }

  @Test
  void mountPointsWithBlanksAreRead() {
    var table =
        MountTable.parse(
            """
            1 0 8:1 / / rw - ext4 /dev/sda rw
            2 1 8:2 /x\\040y /mnt/a\\040b ro,nosuid shared:1 master:2 - ext4 /dev/sdb rw
            """);
    assertThat(table.below(Path.of("/mnt"))).containsExactly(Path.of("/mnt/a b"));
    assertThat(table.points().getLast().root()).isEqualTo("/x y");
    assertThat(table.points().getLast().options()).containsExactlyInAnyOrder("ro", "nosuid");
  }

  @Test
  void openFilesAreTheHardLimitWithinReason() {
    var line = "Max open files            %s                %s               files     \n";
    assertThat(Host.openFiles(line.formatted("1024", "20000"))).isEqualTo(20_000);
    assertThat(Host.openFiles(line.formatted("1024", "1048576"))).isEqualTo(65_536);
    assertThat(Host.openFiles(line.formatted("1024", "unlimited"))).isEqualTo(65_536);
  }

  @Test
  void theMemoryOfAHostIsThatOfItsControlGroup() {
    assertThat(Capacity.memory("MemTotal:  1000 kB\n", 0, Long.MAX_VALUE)).isEqualTo(1_024_000);
    assertThat(Capacity.memory("MemTotal:  1000 kB\n", 5_000)).isEqualTo(5_000);
  }

  @Test
  void aConfigurationWithoutRoomIsRefused() {
    var good = ProcessExecutorConfig.at(Path.of("/var/lib/nimbus"));
    assertThatThrownBy(good::with).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new ProcessExecutorConfig(
                    good.home(), 0, 10, good.launchers(), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between 1000 and 2097151");
  }
}
