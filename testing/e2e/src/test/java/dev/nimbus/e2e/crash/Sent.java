package dev.nimbus.e2e.crash;

import dev.nimbus.api.job.SubmitJob;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A job that numbers its lines, takes its time between them and ends with a code of its own.
 *
 * @param marker among its arguments, so that its processes can be found
 */
record Sent(String marker, int lines, int millis, int exitCode) {
  private static final long MEMORY = 48L << 20;

  static Sent of(String marker, Random random) {
    return new Sent(marker, random.nextInt(2, 12), random.nextInt(300, 3_000), random.nextInt(8));
  }

  SubmitJob job() {
    var pause = "%d.%03d".formatted(millis / lines / 1_000, millis / lines % 1_000);
    var script =
        "i=1; while [ $i -le %d ]; do echo \"line $i of %d\"; sleep %s; i=$((i+1)); done; exit %d"
            .formatted(lines, lines, pause, exitCode);
    return new SubmitJob(
        List.of("sh", "-c", script, marker),
        Map.of(),
        List.of(),
        null,
        null,
        0.1,
        MEMORY,
        null,
        null,
        Map.of());
  }

  /** What it prints when it runs to its end. */
  List<String> expected() {
    return IntStream.rangeClosed(1, lines)
        .mapToObj("line %d of %%d"::formatted)
        .map(this::filled)
        .toList();
  }

  private String filled(String line) {
    return line.formatted(lines);
  }

  String lastLine() {
    return expected().getLast();
  }
}
