package dev.nimbus.adapters.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.testkit.storage.NewJobs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a process that was killed while it wrote. */
final class KilledProcessTest {
  private static final OrgId ACME = new OrgId("acme");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void whatAKilledProcessHadAcknowledgedIsThereAndTheCountsAreRight() throws Exception {
    var url = "sqlite:" + folder.resolve("nimbus.db");
    for (var round = 0; round < 2; round++) {
      var acknowledged = acknowledgedUntilKilled(url, round, 300);

      try (var storage = SqlStorage.open(url)) {
        for (var id : acknowledged) {
          assertThat(storage.jobs().find(ACME, new JobId(id))).as(id).isPresent();
        }
        assertThat(storage.repair()).isZero();
      }
    }
  }

  private static List<String> acknowledgedUntilKilled(String url, int round, int enough)
      throws IOException, InterruptedException {
    var child = start(url, round);
    try (var output = child.inputReader()) {
      var acknowledged = read(output, enough);
      assertThatThrownBy(() -> SqlStorage.open(url))
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
      child.toHandle().destroyForcibly();
      acknowledged.addAll(read(output, Integer.MAX_VALUE));
      return acknowledged;
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  /** Reads so many whole lines, or all there are; the last may be torn by the kill. */
  private static List<String> read(BufferedReader output, int most) throws IOException {
    var lines = new ArrayList<String>();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.endsWith(".")) {
        lines.add(line.substring(0, line.length() - 1));
      }
      if (lines.size() == most) {
        break;
      }
    }
    return lines;
  }

  private static Process start(String url, int round) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Admitting.class.getName(),
            url,
            Integer.toString(round))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /**
   * Admits and grants jobs from many threads for ever, and prints each id once it is acknowledged.
   */
  static final class Admitting {
    private Admitting() {}

    public static void main(String[] args) {
      var storage = SqlStorage.open(args[0]);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var thread = 0; thread < 16; thread++) {
          var prefix = "j-" + args[1] + "-" + thread + "-";
          threads.execute(() -> admit(storage, prefix));
        }
      }
    }

    private static void admit(SqlStorage storage, String prefix) {
      for (var i = 0; ; i++) {
        storage.jobs().admit(NewJobs.of(ACME, prefix + i).build(), NOON);
        System.out.println(prefix + i + ".");
        storage.jobs().cancel(ACME, new JobId(prefix + (i / 2)), "nobody", NOON);
      }
    }
  }
}
