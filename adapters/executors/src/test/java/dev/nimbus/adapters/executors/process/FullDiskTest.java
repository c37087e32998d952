package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Size;
import dev.nimbus.service.command.CommandRunner;
import dev.nimbus.testkit.tool.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes on a file system of two mebibytes. */
final class FullDiskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path home;

  @BeforeEach
  void mount() throws InterruptedException {
    Needs.root();
    Needs.program("unshare");
    run("mount", "-t", "tmpfs", "-o", "size=2m,mode=0755", "small", home.toString());
  }

  @AfterEach
  void unmount() throws InterruptedException {
    run("umount", "-l", home.toString());
  }

  @Test
  void aJobThatFillsTheDiskStillEndsWithItsCode() throws Exception {
    var script = "head -c 4m /dev/zero >f; head -c 4m /dev/zero; exit 5";
    try (var sandbox = open().start(spec(script))) {
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(5));
    }
  }

  @Test
  void aSandboxIsRefusedOnAFullDiskAndLeavesNothing() throws Exception {
    var executor = open();
    fill();
    assertThatThrownBy(() -> executor.start(spec("true")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EXHAUSTED));
    assertThat(executor.found()).isEmpty();
    assertThat(home.resolve("sandboxes")).isEmptyDirectory();
    assertThat(executor.controlGroups()).noneMatch(Files::exists);
  }

  private ProcessExecutor open() {
    return ProcessExecutor.open(ProcessExecutorConfig.at(home).with(LauncherKind.UNSHARE));
  }

  private void fill() throws InterruptedException {
    run("sh", "-c", "cat /dev/zero >\"$1\"", "sh", home.resolve("filler").toString());
  }

  private static SandboxSpec spec(String script) {
    var command = List.of("sh", "-c", script);
    var job = new JobSpec(command, Map.of(), JobSpec.HOST_IMAGE, PATIENCE, NetworkAccess.NONE);
    return new SandboxSpec(
        SandboxId.parse("j-full.1"), job, Size.NONE, DiskLimits.NONE, 20, 64L << 20);
  }

  private static void run(String... command) throws InterruptedException {
    var _ = CommandRunner.system().run(List.of(command), PATIENCE);
  }
}
