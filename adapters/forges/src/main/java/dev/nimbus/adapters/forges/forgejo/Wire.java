package dev.nimbus.adapters.forges.forgejo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Forgejo writes, as far as it is read. Everything may be absent. */
final class Wire {
  private Wire() {}

  /**
   * A job.
   *
   * @param runId absent before Forgejo 17, and so is {@code htmlUrl}
   */
  record Job(
      @Nullable Long id,
      @Nullable Integer attempt,
      @Nullable String handle,
      @Nullable Long repoId,
      @Nullable Long runId,
      @Nullable String name,
      @Nullable String htmlUrl,
      @Nullable String status,
      @Nullable List<@Nullable String> runsOn) {}

  record Run(
      @Nullable Long id,
      @Nullable String title,
      @Nullable String workflowId,
      @Nullable String prettyref,
      @Nullable String commitSha,
      @Nullable Boolean isForkPullRequest,
      @Nullable String triggerEvent,
      @Nullable Account triggerUser,
      @Nullable String created,
      @Nullable String htmlUrl,
      @Nullable Repo repository) {
    /** What is known of a run that Forgejo does not tell of. */
    static final Run UNKNOWN =
        new Run(null, null, null, null, null, null, null, null, null, null, null);
  }

  record Repo(@Nullable Long id, @Nullable String fullName) {}

  record Account(@Nullable String login) {}

  record Runner(
      @Nullable Long id,
      @Nullable String name,
      @Nullable String description,
      @Nullable String status) {}

  record NewRunner(String name, String description, boolean ephemeral) {}

  record MadeRunner(@Nullable Long id, @Nullable String uuid, @Nullable String token) {}

  /** The body of a webhook about a run, or about one of its jobs. */
  record Hook(
      @Nullable String action, @Nullable Job job, @Nullable Run run, @Nullable Repo repository) {}
}
