package dev.nimbus.adapters.forges.gitea;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Gitea writes, as far as it is read. Everything may be absent. */
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
      @Nullable String url,
      @Nullable String htmlUrl,
      @Nullable Long runId,
      @Nullable String name,
      @Nullable List<@Nullable String> labels,
      @Nullable Integer runAttempt,
      @Nullable String headSha,
      @Nullable String headBranch,
      @Nullable String status,
      @Nullable String conclusion,
      @Nullable Long runnerId,
      @Nullable String runnerName,
      @Nullable String createdAt,
      @Nullable String startedAt) {}

  /** A page of jobs, which older versions call otherwise. */
  record Jobs(
      @Nullable List<@Nullable Job> jobs,
      @Nullable List<@Nullable Job> workflowJobs,
      @Nullable Long totalCount) {}

  record Run(
      @Nullable String displayTitle,
      @Nullable String path,
      @Nullable String event,
      @Nullable Account actor,
      @Nullable Account triggerActor,
      @Nullable List<@Nullable Pull> pullRequests) {
    /** What is known of a run that Gitea does not tell of. */
    static final Run UNKNOWN = new Run(null, null, null, null, null, null);
  }

  record Pull(@Nullable PullEnd head, @Nullable PullEnd base) {}

  /** One end of a pull request; the number of its repository is here or there. */
  record PullEnd(@Nullable Long repoId, @Nullable Repo repo) {
    @Nullable Long repository() {
      return repo == null || repo.id() == null ? repoId : repo.id();
    }
  }

  record Repo(@Nullable Long id, @Nullable String fullName) {}

  record Account(@Nullable String login) {}

  record Runner(
      @Nullable Long id, @Nullable String name, @Nullable String status, @Nullable Boolean busy) {}

  record Runners(@Nullable List<@Nullable Runner> runners, @Nullable Long totalCount) {}

  record Disabling(boolean disabled) {}

  record RegistrationToken(@Nullable String token) {}

  /** What a runner says of itself when it registers. */
  record NewRunner(
      String name, String token, String version, List<String> labels, boolean ephemeral) {}

  record Made(@Nullable MadeRunner runner) {}

  /** A runner that was registered; its number is written as text. */
  record MadeRunner(
      @Nullable String id, @Nullable String uuid, @Nullable String token, @Nullable String name) {}

  /** The file the runner's program keeps its registration in. */
  record RegistrationFile(
      long id, String uuid, String name, String token, String address, List<String> labels) {}

  /** What a call of the runners' protocol is refused with. */
  record RpcError(@Nullable String code, @Nullable String message) {}
}
