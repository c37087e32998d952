package dev.nimbus.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandRunnerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final CommandRunner runner = CommandRunner.system();

  @Test
  void outputAndExitCodeComeBack() throws Exception {
    var completed = runner.run(List.of("sh", "-c", "echo out; echo err >&2; exit 3"), PATIENCE);

    assertThat(completed.exitCode()).isEqualTo(3);
    assertThat(completed.succeeded()).isFalse();
    assertThat(completed.output()).contains("out\n", "err\n");
    assertThat(completed.truncated()).isFalse();
  }

  @Test
  void endlessOutputIsCutAtABound() throws Exception {
    var completed = runner.run(List.of("head", "-c", "3000000", "/dev/zero"), PATIENCE);

    assertThat(completed.succeeded()).isTrue();
    assertThat(completed.output()).hasSize(256 << 10);
    assertThat(completed.truncated()).isTrue();
  }

  @Test
  void aProgramThatDoesNotEndIsKilledWithItsChildren() {
    assertThatThrownBy(
            () -> runner.run(List.of("sh", "-c", "sleep 100 & wait"), Duration.ofMillis(200)))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("no end within");
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> runner.run(List.of("no-such-program"), PATIENCE))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("no-such-program");
  }

  @Test
  void argumentsAreNeverReadByAShell() throws Exception {
    var completed = runner.run(List.of("echo", "$(id); rm -rf *"), PATIENCE);

    assertThat(completed.output()).isEqualTo("$(id); rm -rf *\n");
  }
}
