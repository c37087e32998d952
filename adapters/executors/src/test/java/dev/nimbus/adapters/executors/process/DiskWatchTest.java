package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.command.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** When a watch looks at a disk, and what it makes of what it sees. */
final class DiskWatchTest {
  private static final long GIB = 1L << 30;

  private final Queue<String> seen = new ArrayDeque<>();
  private final List<List<String>> ran = new ArrayList<>();

  @Test
  void aSandboxThatEndsInTimeIsNotOver() throws Exception {
    seen.addAll(List.of("5\t/w\n6\ttotal\n", "9\ttotal\n"));

    assertThat(watch().watch(_ -> seen.isEmpty())).isFalse();
    assertThat(ran.getFirst())
        .containsExactly("/du", "-s", "-c", "-x", "--block-size=1", "--", "/w", "/t");
  }

  @Test
  void aSandboxIsOverOnceTheSumIsBeyondTheLimit() throws Exception {
    seen.addAll(List.of("10\ttotal\n", "11\ttotal\n", "1\ttotal\n"));

    assertThat(watch().watch(_ -> false)).isTrue();
    assertThat(seen).hasSize(1);
  }

  @Test
  void whatCannotBeToldIsLookedAtAgain() throws Exception {
    seen.addAll(List.of("cannot run", "du: cannot read '/w/x'\n", "12\ttotal\n"));

    assertThat(watch().watch(_ -> false)).isTrue();
  }

  @Test
  void complaintsAndNamesOfFilesAreNotTheSum() {
    assertThat(DiskWatch.total("du: '/w/7\n99999\ttotal': gone\n3\t/w\n4\ttotal\n")).hasValue(4);
    assertThat(DiskWatch.total("")).isEmpty();
  }

  @Test
  void theNearerTheLimitTheMoreOftenItLooks() {
    assertThat(pause(100 * GIB, 0)).isEqualTo(Duration.ofSeconds(15));
    assertThat(pause(100 * GIB, 95 * GIB)).isEqualTo(Duration.ofSeconds(5));
    assertThat(pause(100 * GIB, 100 * GIB - 1)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aLookThatTakesLongIsRare() {
    assertThat(DiskWatch.pause(GIB, 0, Duration.ofSeconds(3))).isEqualTo(Duration.ofMinutes(1));
  }

  private static Duration pause(long limit, long used) {
    return DiskWatch.pause(limit, used, Duration.ofMillis(1));
  }

  private DiskWatch watch() {
    CommandRunner runner =
        (command, _) -> {
          ran.add(command);
          var output = seen.remove();
          if (output.startsWith("cannot run")) {
            throw new NimbusException(Kind.UNAVAILABLE, output);
          }
          return new CommandRunner.Completed(0, output, false);
        };
    return new DiskWatch(runner, "/du", List.of(Path.of("/w"), Path.of("/t")), 10);
  }
}
