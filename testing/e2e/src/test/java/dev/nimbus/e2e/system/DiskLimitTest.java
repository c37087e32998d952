package dev.nimbus.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees whose job writes more than it may. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DiskLimitTest {
  private Machine machine;

  @BeforeAll
  void start(@TempDir Path folder) {
    var limits = Map.of("NIMBUS_AGENT_DISK_LIMIT", "32MiB", "NIMBUS_AGENT_TMP_LIMIT", "8MiB");
    machine = Machine.start(folder, limits);
  }

  @AfterAll
  void stop() {
    machine.close();
  }

  @Test
  void aJobThatFillsItsWorkspaceIsEndedWithTheReason() {
    var run = shell("head -c 64m /dev/zero >f; echo written; sleep 1000");

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(137);
    assertThat(run.err()).contains("disk limit of 32 MiB reached");
    var job = machine.awaitJob("head -c 64m").id();
    assertThat(machine.cli().run("jobs", "why", job).out())
        .isEqualTo("failed: disk limit of 32 MiB reached\n");
  }

  @Test
  void aFullTemporaryFolderIsFullAndNothingElse() {
    var run = shell("head -c 16m /dev/zero >/tmp/f; echo $?; rm /tmp/f; echo still here");

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.out()).contains("No space left on device", "still here").doesNotContain("\n0\n");
  }

  private Running shell(String script) {
    return machine.cli().run("run", "--", "sh", "-c", script);
  }
}
