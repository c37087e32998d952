package dev.nimbus.e2e.crash;

import dev.nimbus.api.log.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The log of one attempt, out of the log of its job. */
final class AttemptLog {
  private final List<LogLine> all;

  AttemptLog(List<LogLine> ofJob, long attempt) {
    this.all = ofJob.stream().filter(line -> Objects.equals(line.attempt(), attempt)).toList();
  }

  /** How many attempts printed a line. */
  static long completed(List<LogLine> ofJob, String line) {
    return ofJob.stream()
        .map(LogLine::attempt)
        .filter(Objects::nonNull)
        .distinct()
        .filter(attempt -> new AttemptLog(ofJob, attempt).lines().contains(line))
        .count();
  }

  /** What the job printed; a line shown in parts is put together again. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    var begun = new StringBuilder();
    for (var line : all) {
      if (line.source().equals("console")) {
        begun.append(line.text());
        if (line.complete()) {
          lines.add(begun.toString());
          begun.setLength(0);
        }
      }
    }
    return lines;
  }

  List<Long> sequences() {
    return all.stream().map(LogLine::sequence).toList();
  }

  /** The line that says that no more come; empty when it is not there. */
  String closing() {
    return all.isEmpty() || !all.getLast().text().startsWith("nimbus: ended")
        ? ""
        : all.getLast().text();
  }
}
