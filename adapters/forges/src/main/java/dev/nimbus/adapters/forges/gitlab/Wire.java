package dev.nimbus.adapters.forges.gitlab;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What GitLab writes, as far as it is read, and what it is sent. What it writes may be absent. */
final class Wire {
  private Wire() {}

  /** The body of a webhook about a job. */
  record JobHook(
      @Nullable String objectKind,
      @Nullable Long buildId,
      @Nullable String buildStatus,
      @Nullable Runner runner,
      @Nullable Project project,
      @Nullable HookRepository repository) {}

  record HookRepository(@Nullable String homepage) {}

  /**
   * A job.
   *
   * @param queuedDuration how long it waits or waited, in seconds
   */
  record Job(
      @Nullable Long id,
      @Nullable String name,
      @Nullable String status,
      @Nullable String ref,
      @Nullable List<@Nullable String> tagList,
      @Nullable String webUrl,
      @Nullable String createdAt,
      @Nullable Double queuedDuration,
      @Nullable Commit commit,
      @Nullable Pipeline pipeline,
      @Nullable Runner runner,
      @Nullable User user) {}

  record Commit(@Nullable String id, @Nullable String title) {}

  record Pipeline(
      @Nullable Long id, @Nullable String sha, @Nullable String ref, @Nullable String source) {}

  record User(@Nullable String username) {}

  record MergeRequest(@Nullable Long sourceProjectId, @Nullable Long targetProjectId) {}

  record Project(
      @Nullable Long id,
      @Nullable String pathWithNamespace,
      @Nullable String lastActivityAt,
      @Nullable String buildsAccessLevel,
      @Nullable Permissions permissions) {}

  record Permissions(@Nullable Access projectAccess, @Nullable Access groupAccess) {}

  record Access(@Nullable Integer accessLevel) {}

  /**
   * A runner.
   *
   * @param jobExecutionStatus {@code active} or {@code idle}; not said by every version
   */
  record Runner(
      @Nullable Long id,
      @Nullable String description,
      @Nullable Boolean online,
      @Nullable String jobExecutionStatus) {}

  /**
   * A runner to be made.
   *
   * @param maximumTimeout in seconds
   */
  record NewRunner(
      String runnerType,
      long projectId,
      String description,
      List<String> tagList,
      boolean runUntagged,
      boolean locked,
      boolean paused,
      @Nullable Integer maximumTimeout) {}

  record MadeRunner(@Nullable Long id, @Nullable String token) {}

  record Pausing(boolean paused) {}

  record Status(
      String state, String name, String description, String targetUrl, @Nullable Long pipelineId) {}

  /**
   * A webhook.
   *
   * @param alertStatus {@code executable}, or why it is not sent
   */
  record Hook(
      @Nullable Long id,
      @Nullable String url,
      @Nullable Boolean jobEvents,
      @Nullable Boolean enableSslVerification,
      @Nullable String alertStatus) {}

  record Version(@Nullable String version) {}

  record Token(
      @Nullable Boolean active,
      @Nullable List<@Nullable String> scopes,
      @Nullable String expiresAt) {}
}
