package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Exit;
import org.junit.jupiter.api.Test;

final class EndingTest {
  private static final String READY = Ending.STARTING + "ready\n";

  @Test
  void aCodeIsACode() {
    assertThat(Ending.of("3       \n", READY, 0)).isEqualTo(new Exit.Exited(3));
  }

  @Test
  void aFailureAfterAMemoryKillIsOutOfMemory() {
    assertThat(Ending.of("2       \n", READY, 1)).isEqualTo(new Exit.OutOfMemory());
    assertThat(Ending.of(Ending.NO_CODE, READY, 1)).isEqualTo(new Exit.OutOfMemory());
  }

  @Test
  void aJobThatCopedWithAMemoryKillHasSucceeded() {
    assertThat(Ending.of("0       \n", READY, 1)).isEqualTo(new Exit.Exited(0));
  }

  @Test
  void aSandboxThatWasNeverReadySaysWhy() {
    var setup = Ending.STARTING + "mount: /x: denied\nnimbus: cannot mount\n";
    assertThat(Ending.of("125     \n", setup, 0))
        .isEqualTo(
            new Exit.Crashed(
                "the sandbox could not be set up: mount: /x: denied; nimbus: cannot mount"));
  }

  @Test
  void aMissingCodeIsACrash() {
    assertThat(Ending.of(Ending.NO_CODE, READY, 0)).isInstanceOf(Exit.Crashed.class);
    assertThat(Ending.of("", READY, 0)).isInstanceOf(Exit.Crashed.class);
  }
}
