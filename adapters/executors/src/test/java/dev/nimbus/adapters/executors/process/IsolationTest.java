package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.executor.Executor.Sandbox;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.testkit.tool.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a job tries that it must not be able to do. */
abstract class IsolationTest extends SandboxTest {
  IsolationTest(LauncherKind kind) {
    super(kind);
  }

  @Test
  void aJobSeesOnlyItsOwnProcesses() throws Exception {
    assertThat(shell("for p in /proc/[0-9]*; do cat $p/comm; done").lines())
        .allMatch(name -> name.equals("sh") || name.equals("cat"))
        .hasSizeLessThan(6);
  }

  @Test
  void aJobHasNoPrivilegesAndAUserOfItsOwn() throws Exception {
    var status = shell("cat /proc/self/status; id -u; id -G");
    assertThat(status)
        .contains("CapPrm:\t0000000000000000")
        .contains("CapEff:\t0000000000000000")
        .contains("CapBnd:\t0000000000000000")
        .contains("CapAmb:\t0000000000000000")
        .contains("NoNewPrivs:\t1");
    assertThat(status.lines().skip(status.lines().count() - 2))
        .allMatch(id -> id.matches("20.{5}"));
  }

  @Test
  void twoSandboxesHaveDifferentUsers() throws Exception {
    try (var one = start("id -u; sleep 1000");
        var two = start("id -u")) {
      waitFor(one, "20");
      assertThat(text(two)).isNotEqualTo(Files.readString(files(one).console()));
    }
  }

  @Test
  void aJobCannotSeeTheHomeOfTheAgentOrAnotherSandbox() throws Exception {
    Files.writeString(rig().home().resolve("secret-of-the-agent"), "secret");
    try (var other = start("echo mine >secret-of-a-job; echo up; sleep 1000")) {
      waitFor(other, "up\n");
      assertThat(
              shell(
                  "find / -name 'secret-of*' 2>/dev/null; ls -A /root /home /run /run/nimbus /sys /mnt"))
          .doesNotContain("secret-of")
          .isEqualTo("/home:\n\n/mnt:\n\n/root:\n\n/run:\nnimbus\n\n/run/nimbus:\n\n/sys:\n");
    }
  }

  @Test
  void theSystemCannotBeWrittenTo() throws Exception {
    assertThat(
            shell(
                """
                for f in /usr/x /etc/x /x /bin/x /dev/x /proc/sys/kernel/hostname /home/x; do
                  (echo 1 >$f) 2>/dev/null && echo "could write $f"
                done
                echo tried
                """))
        .isEqualTo("tried\n");
  }

  @Test
  void theWorkspaceAndTheTemporaryFolderAreTheJobsOwn() throws Exception {
    assertThat(
            shell(
                """
                pwd
                ls -A . /tmp
                echo '#!/bin/sh
                echo ran' >tool
                chmod +x tool
                ./tool
                touch /tmp/x /var/tmp/y /dev/shm/z && echo "$HOME $TMPDIR"
                umask
                """))
        .isEqualTo("/workspace\n.:\n\n/tmp:\nran\n/workspace /tmp\n0022\n");
  }

  @Test
  void temporaryFilesAndSharedMemoryHaveTheirBound() throws Exception {
    var script =
        """
        for folder in /tmp /dev/shm; do
          head -c 8m /dev/zero >$folder/f 2>/dev/null && echo "$folder took it"
          stat -c '%n %s' $folder/f
        done
        readlink /var/tmp
        """;

    assertThat(shell(script)).isEqualTo("/tmp/f 4194304\n/dev/shm/f 4194304\n/tmp\n");
  }

  @Test
  void memoryForTemporaryFilesIsAtMostHalfOfThatOfTheJob() throws Exception {
    var spec = spec("df -k --output=size /tmp | tail -n 1");
    var large =
        new SandboxSpec(
            spec.id(),
            spec.job(),
            spec.limits(),
            new DiskLimits(0, 1L << 40),
            spec.maxProcesses(),
            spec.consoleLimitBytes());
    try (var sandbox = rig().executor().start(large)) {
      assertThat(text(sandbox).strip()).isEqualTo(Long.toString(48 * 1024));
    }
  }

  @Test
  void aJobCannotMount() throws Exception {
    assertThat(shell("mount -t tmpfs none /tmp 2>&1 && echo mounted; umount /tmp && echo gone"))
        .doesNotContain("mounted")
        .doesNotContain("gone");
  }

  @Test
  void setuidProgramsGiveNothing() throws Exception {
    try (var sandbox = start("until [ -e go ]; do sleep 0.02; done; ./id -u; ./id -u -r")) {
      var id = workspace(sandbox).resolve("id");
      Files.copy(Path.of("/usr/bin/id"), id);
      Files.setPosixFilePermissions(id, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setAttribute(id, "unix:mode", 04755);
      Files.createFile(workspace(sandbox).resolve("go"));
      assertThat(text(sandbox).lines()).hasSize(2).allMatch(uid -> uid.startsWith("20"));
    }
  }

  @Test
  void aJobCannotSignalProcessesOfTheHost() throws Exception {
    try (var sandbox = start("until [ -e go ]; do sleep 0.02; done; trap '' KILL; kill -9 -1")) {
      var uid = Files.getAttribute(workspace(sandbox), "unix:uid").toString();
      var stranger =
          new ProcessBuilder("setpriv", "--reuid=" + uid, "--clear-groups", "sleep", "1000")
              .start();
      try {
        Files.createFile(workspace(sandbox).resolve("go"));
        sandbox.await();
        assertThat(stranger.isAlive()).isTrue();
      } finally {
        stranger.destroyForcibly();
      }
    }
  }

  @Test
  void withoutNetworkAJobHasNothingButItsOwnLoopback() throws Exception {
    assertThat(shell("tail -n +3 /proc/net/dev | cut -d: -f1; cat /proc/net/fib_trie"))
        .startsWith("    lo\n")
        .contains("127.0.0.1");
  }

  @Test
  void withoutNetworkAJobCannotReachTheHost() throws Exception {
    Needs.program("bash");
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var connect = List.of("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort());
      try (var apart = rig().executor().start(spec(connect, Map.of(), NetworkAccess.NONE, MIB));
          var along = rig().executor().start(spec(connect, Map.of(), NetworkAccess.HOST, MIB))) {
        assertThat(apart.await()).isEqualTo(new Exit.Exited(1));
        assertThat(along.await()).isEqualTo(new Exit.Exited(0));
      }
    }
  }

  @Test
  void aJobCannotReachTheControlGroupsThatLimitIt() throws Exception {
    assertThat(shell("ls -A /sys; find /proc/self/cgroup /sys -writable 2>/dev/null; echo looked"))
        .isEqualTo("looked\n");
  }

  @Test
  void aForkBombHitsTheLimitAndNothingElse() throws Exception {
    try (var sandbox = start("bomb() { bomb | bomb & bomb; }; bomb 2>/dev/null; sleep 1000")) {
      while (processes(sandbox).size() < MAX_PROCESSES && running(sandbox)) {
        Thread.onSpinWait();
      }
      assertThat(processes(sandbox)).hasSizeLessThanOrEqualTo(MAX_PROCESSES + 2);
    }
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void newNamespacesAreRefusedOrTheReductionIsNamed() throws Exception {
    var printed = shell("grep Seccomp: /proc/self/status; unshare -r true || echo refused");
    if (rig().executor().probe().reductions().contains("seccomp")) {
      assertThat(printed).contains("Seccomp:\t0");
    } else {
      assertThat(printed).contains("Seccomp:\t2").contains("refused");
    }
  }

  private boolean running(Sandbox sandbox) throws IOException {
    return Files.readString(files(sandbox).code()).equals(Ending.NO_CODE);
  }

  private Collection<Long> processes(Sandbox sandbox) {
    var record = SandboxRecord.parse(KernelFile.read(files(sandbox).record()).orElse(""));
    return new SandboxGroups(record.groups()).members();
  }
}
