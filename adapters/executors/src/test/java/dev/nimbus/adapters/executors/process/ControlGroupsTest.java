package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.executors.process.GroupSettings.Setting;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.job.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups, with folders in the place of the kernel's. */
final class ControlGroupsTest {
  private static final long MIB = 1024 * 1024;

  @TempDir private Path folder;

  @Test
  void theOwnGroupsAreReadFromBothVersions() {
    var mounts =
        MountTable.parse(
            """
            25 20 0:22 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            26 20 0:23 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
            27 20 0:24 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """);
    assertThat(OwnGroup.parse("4:memory:/a/b\n2:cpu,cpuacct:/\n0::/c\n9:pids:/x\n", mounts))
        .containsExactly(
            new OwnGroup(false, Set.of("memory"), Path.of("/sys/fs/cgroup/memory/a/b")),
            new OwnGroup(false, Set.of("cpu", "cpuacct"), Path.of("/sys/fs/cgroup/cpu,cpuacct")),
            new OwnGroup(true, Set.of(), Path.of("/sys/fs/cgroup/unified/c")));
  }

  @Test
  void aMountThatShowsPartOfAHierarchyIsFollowed() {
    var mounts = MountTable.parse("27 20 0:24 /docker/x /sys/fs/cgroup ro - cgroup2 cgroup rw\n");
    assertThat(OwnGroup.parse("0::/docker/x/y\n", mounts))
        .containsExactly(new OwnGroup(true, Set.of(), Path.of("/sys/fs/cgroup/y")));
    assertThat(OwnGroup.parse("0::/elsewhere\n", mounts)).isEmpty();
  }

  @Test
  void limitsAreFilesAndValues() {
    var size = new Size(1_500, 256 * MIB);
    assertThat(GroupSettings.version1(size, 50))
        .containsExactly(
            new Setting("memory", "memory.limit_in_bytes", "268435456", true),
            new Setting("memory", "memory.memsw.limit_in_bytes", "268435456", false),
            new Setting("cpu", "cpu.cfs_period_us", "100000", true),
            new Setting("cpu", "cpu.cfs_quota_us", "150000", true),
            new Setting("pids", "pids.max", "52", true));
    assertThat(GroupSettings.version2(size, 50))
        .containsExactly(
            new Setting("memory", "memory.max", "268435456", true),
            new Setting("memory", "memory.swap.max", "0", false),
            new Setting("cpu", "cpu.max", "150000 100000", true),
            new Setting("pids", "pids.max", "52", true));
    assertThat(GroupSettings.version2(Size.NONE, 0)).isEmpty();
  }

  @Test
  void version1HierarchiesOfNoUseAreLeftAlone() throws IOException {
    assertThat(GroupParent.make(new OwnGroup(false, Set.of("freezer"), folder), "ours")).isEmpty();
    assertThat(folder).isEmptyDirectory();
    assertThat(GroupParent.make(new OwnGroup(false, Set.of("pids"), folder), "ours"))
        .contains(new GroupParent(false, Set.of("pids"), folder.resolve("ours")));
  }

  @Test
  void version2HandsDownWhereItMay() throws IOException {
    controllers(folder, "cpu memory pids io");
    assertThat(GroupParent.make(new OwnGroup(true, Set.of(), folder), "ours"))
        .get()
        .extracting(GroupParent::folder)
        .isEqualTo(folder.resolve("ours"));
    assertThat(folder.resolve("cgroup.subtree_control")).content().contains("+");
  }

  @Test
  void version2WithoutControllersStillGroups() {
    assertThat(GroupParent.make(new OwnGroup(true, Set.of(), folder), "ours"))
        .contains(new GroupParent(true, Set.of(), folder.resolve("ours")));
  }

  @Test
  void aHostThatAllowsNoGroupsHasNone() {
    var nowhere = new OwnGroup(true, Set.of(), Path.of("/proc/nowhere"));
    assertThat(GroupParent.make(nowhere, "ours")).isEmpty();
  }

  @Test
  void usageAndMemoryKillsAreReadFromEitherVersion() throws IOException {
    var one = Files.createDirectory(folder.resolve("v1"));
    Files.writeString(one.resolve("cpuacct.usage"), "5000000\n");
    Files.writeString(one.resolve("memory.max_usage_in_bytes"), "77\n");
    Files.writeString(one.resolve("memory.oom_control"), "oom_kill_disable 0\noom_kill 2\n");
    var groups = new SandboxGroups(List.of(one));
    assertThat(groups.usage()).isEqualTo(new Usage(Duration.ofMillis(5), 77));
    assertThat(groups.outOfMemoryKills()).isEqualTo(2);

    var two = Files.createDirectory(folder.resolve("v2"));
    Files.writeString(two.resolve("cpu.stat"), "usage_usec 9000\nuser_usec 1\n");
    Files.writeString(two.resolve("memory.peak"), "88\n");
    Files.writeString(two.resolve("memory.events"), "low 0\noom 1\noom_kill 1\n");
    groups = new SandboxGroups(List.of(two));
    assertThat(groups.usage()).isEqualTo(new Usage(Duration.ofMillis(9), 88));
    assertThat(groups.outOfMemoryKills()).isEqualTo(1);
  }

  @Test
  void joiningIsByTasksInVersion1AndByProcessesInVersion2() throws IOException {
    var one = Files.createDirectory(folder.resolve("v1"));
    var two = Files.createDirectory(folder.resolve("v2"));
    Files.createFile(two.resolve("cgroup.controllers"));
    assertThat(new SandboxGroups(List.of(one, two)).joins())
        .containsExactly(one.resolve("tasks"), two.resolve("cgroup.procs"));
  }

  private static void controllers(Path group, String names) throws IOException {
    Files.writeString(group.resolve("cgroup.controllers"), names + "\n");
    Files.writeString(group.resolve("cgroup.subtree_control"), "");
    Files.writeString(group.resolve("cgroup.procs"), "");
  }
}
