package dev.nimbus.adapters.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.JobId;
import dev.nimbus.testkit.log.SteppedTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store in a process of its own that is killed without warning, again and again. */
@Tag("slow")
final class CrashTest {
  private static final int ROUNDS = 10;

  @TempDir private Path folder = Path.of("");

  @Test
  @Timeout(180)
  void everyAcknowledgedLineIsThereOnceAfterAKill() throws Exception {
    var random = new SplittableRandom(20261122);
    for (var round = 1; round <= ROUNDS; round++) {
      var acknowledged = runAndKill(random.nextInt(1, 400));
      try (var store = EmbeddedLogStore.open(folder, StoreLimits.upTo(1 << 30), time())) {
        for (var job = 0; job < CrashingShippers.JOBS; job++) {
          var id = new JobId("j-" + job);
          var stored = Logs.sequences(store, id);
          assertThat(stored).isEqualTo(Logs.upTo(stored.size()));
          assertThat((long) stored.size())
              .as("round %d, lines of %s", round, id)
              .isGreaterThanOrEqualTo(acknowledged.getOrDefault(id.value(), 0L));
          assertThat(store.last(Logs.ORG, id).sequence()).isEqualTo(stored.size());
        }
      }
    }
    assertThat(Logs.number(folder, "SELECT COUNT(*) FROM chunk WHERE lines > 60")).isPositive();
  }

  /** Kills it once it has acknowledged so many batches; what it acknowledged, by job. */
  private Map<String, Long> runAndKill(int batches) throws Exception {
    var process = start();
    var acknowledged = new HashMap<String, Long>();
    try (var output = process.inputReader()) {
      for (var i = 0; i < batches; i++) {
        note(output.readLine(), acknowledged);
      }
      assertThat(process.toHandle().destroyForcibly()).isTrue(); // keeps its output readable
      drain(output, acknowledged);
    }
    assertThat(process.waitFor()).isEqualTo(137);
    return acknowledged;
  }

  /** What was said before the kill arrived counts as well; a line cut off does not. */
  private static void drain(BufferedReader output, Map<String, Long> acknowledged)
      throws IOException {
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.endsWith(".")) {
        note(line, acknowledged);
      }
    }
  }

  private static void note(String line, Map<String, Long> acknowledged) {
    var words = List.of(line.split(" ", -1));
    acknowledged.merge(words.get(0), Long.parseLong(words.get(1)), Math::max);
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CrashingShippers.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static SteppedTime time() {
    return new SteppedTime(Logs.NOON);
  }
}
