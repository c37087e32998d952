package dev.nimbus.testkit.forge.gitlab;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is now. Each has a pipeline and a commit of its own. Its stranger is the name of a
 * runner nobody here knows. Used under a lock.
 */
final class Job {
  final long id;
  final long pipeline;
  final Project project;
  final boolean fork;
  final List<String> tags;
  final int retries;
  final Instant createdAt;
  final StringBuilder trace = new StringBuilder();
  Status status = Status.CREATED;
  Optional<Runner> runner = Optional.empty();
  String stranger = "";
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;

  Job(
      long id,
      long pipeline,
      Project project,
      boolean fork,
      List<String> tags,
      int retries,
      Instant createdAt) {
    this.id = id;
    this.pipeline = pipeline;
    this.project = project;
    this.fork = fork;
    this.tags = List.copyOf(tags);
    this.retries = retries;
    this.createdAt = createdAt;
  }

  String commit() {
    return "%040x".formatted(pipeline);
  }

  String ref() {
    return fork ? "refs/merge-requests/7/head" : "main";
  }

  /** What a runner shows to be let near this job only. */
  String token() {
    return "glcbt-64_" + Long.toHexString(id * 7_919) + "-of-the-job";
  }
}
