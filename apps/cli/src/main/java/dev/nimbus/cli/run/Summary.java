package dev.nimbus.cli.run;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The one line that ends a {@code nimbus run}. */
final class Summary {
  private Summary() {}

  static String of(JobBrief job, URI controlPlane) {
    var parts = new ArrayList<String>();
    parts.add(job.id() + " " + job.state() + code(job));
    if (!job.reason().isEmpty()) {
      parts.add(job.reason());
    }
    span(parts, "queued ", job, "submitted_at", List.of("leased_at", "ended_at"));
    span(parts, "start ", job, "leased_at", List.of("started_at"));
    span(parts, "run ", job, "started_at", List.of("ended_at"));
    parts.add(controlPlane + "/jobs/" + job.id());
    parts.add("nimbus logs " + job.id());
    return String.join(" · ", parts);
  }

  private static String code(JobBrief job) {
    var code = job.exitCode();
    return code.isPresent() && code.getAsInt() != 0 ? " with " + code.getAsInt() : "";
  }

  private static void span(
      List<String> parts, String what, JobBrief job, String from, List<String> to) {
    var start = job.millis(from);
    for (var end : to) {
      var at = job.millis(end);
      if (start.isPresent() && at.isPresent()) {
        parts.add(what + Times.words(Duration.ofMillis(at.get() - start.get())));
        return;
      }
    }
  }
}
