package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Equipment;
import dev.nimbus.core.executor.Equipment.Program;
import dev.nimbus.core.executor.Executor.Sandbox;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.service.command.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a job is given besides its command, and where that is not. */
abstract class EquipmentTest extends SandboxTest {
  private static final String SECRET = "s3cret-of-the-test-0123456789";

  EquipmentTest(LauncherKind kind) {
    super(kind);
  }

  @Test
  void filesAreInMemoryAndTheUsersAlone() throws Exception {
    var script =
        """
        cd /run/nimbus/files
        stat -c '%a %U %n' . token && stat -f -c %T . && cat token
        echo more >>token && echo new >state && cat token state
        """;
    try (var sandbox = start(script, files(Map.of("token", SECRET + "\n")))) {
      assertThat(text(sandbox))
          .isEqualTo(
              "700 nimbus .\n600 nimbus token\ntmpfs\n%1$s\n%1$s\nmore\nnew\n".formatted(SECRET));
    }
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void noSecretIsOnADiskOfTheHost() throws Exception {
    var secrets = new Equipment(Map.of("KEY", SECRET), Map.of("f", SECRET), new Program.Absent());
    try (var sandbox = start("echo up; exec sleep 1000", secrets)) {
      waitFor(sandbox, "up\n");
      assertThat(filesWith(SECRET, rig().home())).isEmpty();
    }
  }

  @Test
  void filesAreGoneWithASandboxThatIsKilled() throws Exception {
    var sandbox = start("echo up; exec sleep 1000", files(Map.of("f", SECRET)));
    waitFor(sandbox, "up\n");
    sandbox.close();

    assertThat(filesWith(SECRET, Path.of("/dev/shm"))).isEmpty();
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void memoryForFilesIsBounded() throws Exception {
    var script = "cd /run/nimbus/files; head -c 32m /dev/zero >f 2>/dev/null; echo $?";
    try (var sandbox = start(script, files(Map.of("token", "t")))) {
      assertThat(text(sandbox)).isEqualTo("1\n");
    }
  }

  @Test
  void aJobWithoutEquipmentHasNoPlaceForIt() throws Exception {
    assertThat(shell("ls -A /run/nimbus; touch /run/nimbus/f 2>/dev/null || echo no"))
        .isEqualTo("no\n");
  }

  @Test
  void aProgramCanBeRunAndNotBeWritten() throws Exception {
    var program = new Program.Shared(program());
    var script = "/run/nimbus/tool/bin/hello; touch /run/nimbus/tool/f 2>/dev/null || echo no";
    try (var sandbox = start(script, new Equipment(Map.of(), Map.of(), program))) {
      assertThat(text(sandbox)).isEqualTo("hello from /run/nimbus/tool/bin/hello\nno\n");
    }
  }

  @Test
  void aProgramOfItsOwnIsWrittenBesideAndNotShared() throws Exception {
    var folder = program();
    var own = new Program.Own(Map.of("bin", folder.resolve("bin")), Set.of("_work"));
    var script =
        """
        cd /run/nimbus/tool && bin/hello && ls -A . && echo secret >.credentials
        stat -f -c %T .; touch bin/f 2>/dev/null || echo no
        echo big >_work/f && cat /workspace/_work/f
        """;
    for (var turn = 0; turn < 2; turn++) {
      try (var sandbox = start(script, new Equipment(Map.of(), Map.of(), own))) {
        assertThat(text(sandbox)).isEqualTo("hello from bin/hello\n_work\nbin\ntmpfs\nno\nbig\n");
        assertThat(filesWith("secret", rig().home())).isEmpty();
      }
    }
    assertThat(folder).isDirectoryContaining("glob:**bin");
    assertThat(rig().leftovers()).isEmpty();
  }

  @Test
  void longFilesArriveWhole() throws Exception {
    var files = files(Map.of("f", "it's ".repeat(20_000), "g", "☃"));
    try (var sandbox = start("cd /run/nimbus/files; cat f g | wc -m", files)) {
      assertThat(text(sandbox)).isEqualTo("100001\n");
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(0));
    }
  }

  private Sandbox start(String script, Equipment equipment) {
    var plain = spec(command(script), Map.of(), NetworkAccess.NONE, MIB);
    return rig()
        .executor()
        .start(
            new SandboxSpec(
                plain.id(),
                plain.job(),
                plain.limits(),
                plain.disk(),
                plain.maxProcesses(),
                plain.consoleLimitBytes(),
                equipment));
  }

  private static Equipment files(Map<String, String> files) {
    return new Equipment(Map.of(), files, new Program.Absent());
  }

  private Path program() throws IOException {
    var folder = Files.createTempDirectory(rig().home(), "program-");
    var bin = Files.createDirectory(folder.resolve("bin"));
    Files.writeString(bin.resolve("hello"), "#!/bin/sh\necho hello from $0\n");
    for (var path : List.of(folder, bin, bin.resolve("hello"))) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return folder;
  }

  private static String filesWith(String text, Path folder) throws InterruptedException {
    var found =
        CommandRunner.system()
            .run(List.of("grep", "-rlF", "--devices=skip", text, folder.toString()), LONG);
    return found.output();
  }
}
