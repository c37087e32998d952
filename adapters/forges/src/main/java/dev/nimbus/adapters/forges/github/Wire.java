package dev.nimbus.adapters.forges.github;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What GitHub writes, as far as it is read. Everything may be absent. */
final class Wire {
  private Wire() {}

  /** The body of a {@code workflow_job} webhook. */
  record JobHook(
      @Nullable String action,
      @Nullable Job workflowJob,
      @Nullable Repo repository,
      @Nullable Account sender) {}

  record Job(
      @Nullable Long id,
      @Nullable Long runId,
      @Nullable Integer runAttempt,
      @Nullable String name,
      @Nullable String workflowName,
      @Nullable String status,
      @Nullable String conclusion,
      @Nullable List<@Nullable String> labels,
      @Nullable String runnerName,
      @Nullable String headSha,
      @Nullable String headBranch,
      @Nullable String htmlUrl,
      @Nullable String createdAt) {}

  record Jobs(@Nullable List<Job> jobs) {}

  record Run(
      @Nullable Long id,
      @Nullable Integer runAttempt,
      @Nullable String status,
      @Nullable String conclusion,
      @Nullable String headSha,
      @Nullable String event,
      @Nullable String displayTitle,
      @Nullable String path,
      @Nullable Account actor,
      @Nullable Account triggeringActor,
      @Nullable Repo repository,
      @Nullable Repo headRepository) {
    /** Of which nothing is known. */
    static final Run UNKNOWN =
        new Run(null, null, null, null, null, null, null, null, null, null, null, null);
  }

  record Runs(@Nullable List<Run> workflowRuns) {}

  record Repo(
      @Nullable String fullName,
      @Nullable Account owner,
      @Nullable String pushedAt,
      @Nullable Boolean archived,
      @Nullable Boolean disabled) {}

  record Repos(@Nullable List<Repo> repositories) {}

  record Account(@Nullable String login) {}

  record Runner(
      @Nullable Long id, @Nullable String name, @Nullable String status, @Nullable Boolean busy) {}

  record Runners(@Nullable List<Runner> runners) {}

  record Jit(@Nullable Runner runner, @Nullable String encodedJitConfig) {}

  record NewRunner(String name, long runnerGroupId, List<String> labels, String workFolder) {}

  record Group(
      @Nullable Long id,
      @Nullable String name,
      @Nullable String visibility,
      @Nullable Boolean allowsPublicRepositories) {}

  record Groups(@Nullable List<Group> runnerGroups) {}

  record Installation(
      @Nullable Long id,
      @Nullable Map<String, String> permissions,
      @Nullable List<String> events,
      @Nullable String suspendedAt) {}

  record Narrowing(Map<String, String> permissions) {}

  record InstallationToken(@Nullable String token, @Nullable String expiresAt) {}

  record App(@Nullable String slug, @Nullable Map<String, String> permissions) {}

  record HookConfig(
      @Nullable String url, @Nullable String contentType, @Nullable String insecureSsl) {}

  record Hook(
      @Nullable Long id,
      @Nullable Boolean active,
      @Nullable List<String> events,
      @Nullable HookConfig config) {}

  record HookDelivery(
      @Nullable Long id,
      @Nullable String guid,
      @Nullable String deliveredAt,
      @Nullable Integer statusCode,
      @Nullable String event) {}

  record Status(String state, String targetUrl, String description, String context) {}

  /** A list that may be absent, or hold nothing where something should be. */
  static <T> List<T> all(@Nullable List<? extends @Nullable T> list) {
    if (list == null) {
      return List.of();
    }
    var present = new java.util.ArrayList<T>();
    for (T item : list) {
      if (item != null) {
        present.add(item);
      }
    }
    return present;
  }

  static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
