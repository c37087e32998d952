package dev.nimbus.cli.jobs;

import dev.nimbus.api.job.ForgeJobView;
import dev.nimbus.api.job.JobDetail;
import dev.nimbus.api.job.JobView;
import dev.nimbus.cli.run.Times;
import dev.nimbus.cli.terminal.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Jobs as tables. */
final class JobTables {
  private JobTables() {}

  static Table none() {
    return Table.of("NOTHING");
  }

  static Table list(List<JobView> jobs, boolean metadata, InstantSource time) {
    var table =
        metadata
            ? Table.of("JOB", "STATE", "EXIT", "AGE", "RAN", "HOST", "METADATA", "COMMAND")
            : Table.of("JOB", "STATE", "EXIT", "AGE", "RAN", "HOST", "COMMAND");
    for (var job : jobs) {
      var cells = new java.util.ArrayList<>(cells(job, time.instant()));
      if (metadata) {
        cells.add(pairs(job.metadata()));
      }
      cells.add(what(job));
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private static List<String> cells(JobView job, Instant now) {
    var code = job.exitCode();
    var host = job.host();
    return List.of(
        job.id(),
        job.cancelling() && !job.ended() ? "cancelling" : job.state(),
        code == null ? "" : code.toString(),
        Times.words(Duration.between(job.submittedAt(), now)),
        between(job.startedAt(), Optional.ofNullable(job.endedAt()).orElse(now)),
        host == null ? "" : host);
  }

  static Table detail(JobDetail detail) {
    var job = detail.job();
    var table = Table.of("FIELD", "VALUE");
    table.row("job", job.id()).row("state", job.state());
    optional(table, "reason", job.reason());
    optional(table, "exit code", text(job.exitCode()));
    table.row("command", String.join(" ", job.command())).row("repository", job.repository());
    forge(table, job);
    optional(table, "labels", String.join(",", job.labels()));
    optional(table, "metadata", pairs(job.metadata()));
    table.row("size", job.cpus() + " cpus, " + (job.memoryBytes() >> 20) + " MiB");
    table.row("image", job.image()).row("timeout", Times.words(Duration.ofMillis(job.timeoutMs())));
    optional(table, "host", text(job.host()));
    table.row("submitted", job.submittedAt().toString());
    optional(table, "leased", text(job.leasedAt()));
    optional(table, "started", text(job.startedAt()));
    optional(table, "ended", text(job.endedAt()));
    detail.attempts().forEach(attempt -> table.row("attempt " + attempt.fence(), story(attempt)));
    detail.events().forEach(event -> table.row(event.at().toString(), happened(event)));
    return table;
  }

  /** What a job is for, in a few words. */
  private static String what(JobView job) {
    var forge = job.forge();
    if (forge == null) {
      return String.join(" ", job.command());
    }
    return forge.kind() + ": " + job.repository() + " " + named(forge);
  }

  private static String named(ForgeJobView forge) {
    return forge.workflow().isEmpty() ? forge.name() : forge.workflow() + " / " + forge.name();
  }

  private static void forge(Table table, JobView job) {
    var forge = job.forge();
    if (forge == null) {
      return;
    }
    table.row("serves", forge.kind() + " job " + forge.job() + ", attempt " + forge.attempt());
    optional(table, "named", named(forge));
    optional(table, "title", forge.title());
    optional(table, "branch", forge.branch());
    optional(table, "caused by", (forge.event() + " " + forge.actor()).strip());
    optional(table, "link", text(forge.link()));
    table.row("at the forge", (forge.stage() + " " + forge.conclusion()).strip());
  }

  private static String story(JobDetail.AttemptView attempt) {
    return attempt.host() + ": " + attempt.ending();
  }

  private static String happened(JobDetail.Event event) {
    return event.detail().isEmpty() ? event.what() : event.what() + ": " + event.detail();
  }

  private static void optional(Table table, String name, String value) {
    if (!value.isEmpty()) {
      table.row(name, value);
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String between(@Nullable Instant from, Instant to) {
    return from == null ? "" : Times.words(Duration.between(from, to));
  }

  private static String pairs(Map<String, String> metadata) {
    return metadata.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
