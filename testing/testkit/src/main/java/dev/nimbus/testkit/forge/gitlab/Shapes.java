package dev.nimbus.testkit.forge.gitlab;

import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Release;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a GitLab writes. */
final class Shapes {
  private static final long FORK = 999_999;
  private static final String TITLE = "Sell more shoes";

  private final URI url;
  private final Release release;
  private final InstantSource time;

  Shapes(URI url, Release release, InstantSource time) {
    this.url = url;
    this.release = release;
    this.time = time;
  }

  Map<String, Object> project(Project project) {
    return Json.object(
        "id",
        project.id,
        "name",
        project.name(),
        "path",
        project.name(),
        "path_with_namespace",
        project.path,
        "web_url",
        page(project),
        "default_branch",
        "main",
        "visibility",
        "private",
        "archived",
        false,
        "jobs_enabled",
        true,
        "builds_access_level",
        "enabled",
        "last_activity_at",
        project.lastActivityAt.toString(),
        "permissions",
        Map.of("group_access", Map.of("access_level", 50)));
  }

  Map<String, @Nullable Object> job(Job job) {
    var shape = new TreeMap<String, @Nullable Object>();
    shape.put("id", job.id);
    shape.put("name", "build");
    shape.put("stage", "test");
    shape.put("status", job.status.word());
    shape.put("ref", job.ref());
    shape.put("tag", false);
    shape.put("allow_failure", false);
    shape.put("tag_list", job.tags);
    shape.put("web_url", page(job.project) + "/-/jobs/" + job.id);
    shape.put("created_at", job.createdAt.toString());
    shape.put("started_at", time(job.startedAt));
    shape.put("finished_at", time(job.finishedAt));
    shape.put("queued_duration", queued(job));
    shape.put("commit", Map.of("id", job.commit(), "title", TITLE, "message", TITLE + "\n"));
    shape.put("pipeline", pipeline(job, release == Release.V19));
    shape.put("user", user(job));
    shape.put("artifacts", List.of());
    shape.put("runner", runnerOf(job));
    return shape;
  }

  Map<String, Object> pipeline(Job job, boolean withSource) {
    var shape =
        Json.object(
            "id",
            job.pipeline,
            "project_id",
            job.project.id,
            "sha",
            job.commit(),
            "ref",
            job.ref(),
            "status",
            job.status.word(),
            "web_url",
            page(job.project) + "/-/pipelines/" + job.pipeline);
    if (withSource) {
      shape.put("source", job.fork ? "merge_request_event" : "push");
    }
    return shape;
  }

  /** The merge request the fork of a project asks for. */
  Map<String, Object> mergeRequest(Project project) {
    return Json.object(
        "id",
        70,
        "iid",
        7,
        "title",
        TITLE,
        "state",
        "opened",
        "source_branch",
        "feature",
        "target_branch",
        "main",
        "project_id",
        project.id,
        "source_project_id",
        FORK,
        "target_project_id",
        project.id);
  }

  private double queued(Job job) {
    var until = job.startedAt == null ? time.instant() : job.startedAt;
    return Duration.between(job.createdAt, until).toMillis() / 1000.0;
  }

  private static Map<String, Object> user(Job job) {
    var name = job.fork ? "mallory" : "alice";
    return Json.object("id", 9, "username", name, "name", name, "state", "active");
  }

  /**
   * A runner as lists have it.
   *
   * @param busy what is said of it
   */
  Map<String, Object> runner(Runner runner, boolean busy) {
    var shape =
        Json.object(
            "id", runner.id,
            "description", runner.description,
            "active", !runner.paused,
            "paused", runner.paused,
            "is_shared", false,
            "runner_type", "project_type",
            "online", runner.online,
            "status", runner.online ? "online" : "never_contacted");
    if (release == Release.V19) {
      shape.put("job_execution_status", busy ? "active" : "idle");
    }
    return shape;
  }

  private @Nullable Map<String, Object> runnerOf(Job job) {
    return job.runner.map(runner -> runner(runner, true)).or(() -> stranger(job)).orElse(null);
  }

  private static Optional<Map<String, Object>> stranger(Job job) {
    return job.stranger.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Json.object(
                "id",
                1,
                "description",
                job.stranger,
                "active",
                true,
                "is_shared",
                true,
                "runner_type",
                "instance_type"));
  }

  /** A webhook to Nimbus, as lists have it. */
  static Map<String, Object> hook(String status) {
    return Json.object(
        "id",
        5,
        "url",
        "https://nimbus.acme.example/webhooks/gitlab",
        "job_events",
        true,
        "push_events",
        false,
        "enable_ssl_verification",
        true,
        "alert_status",
        status);
  }

  /** The body of a webhook about what happened to a job. */
  Map<String, @Nullable Object> hook(Job job, Status status) {
    var body = new TreeMap<String, @Nullable Object>();
    body.put("object_kind", "build");
    body.put("ref", job.ref());
    body.put("tag", false);
    body.put("before_sha", "0".repeat(40));
    body.put("sha", job.commit());
    body.put("retries_count", job.retries);
    body.put("build_id", job.id);
    body.put("build_name", "build");
    body.put("build_stage", "test");
    body.put("build_status", status.word());
    body.put("build_created_at", inWords(job.createdAt));
    body.put("build_started_at", inWords(job.startedAt));
    body.put("build_finished_at", inWords(job.finishedAt));
    body.put("build_queued_duration", queued(job));
    body.put("build_allow_failure", false);
    body.put("build_failure_reason", "unknown_failure");
    body.put("pipeline_id", job.pipeline);
    body.put("project_id", job.project.id);
    body.put("project_name", "Acme / " + job.project.name());
    body.put("user", user(job));
    body.put("commit", commit(job));
    body.put("repository", repository(job.project));
    body.put("runner", runnerOf(job));
    body.put("environment", null);
    if (release == Release.V19) {
      body.put("project", hookProject(job.project));
    }
    return body;
  }

  /** What webhooks call a commit is the pipeline. */
  private static Map<String, Object> commit(Job job) {
    return Json.object(
        "id",
        job.pipeline,
        "sha",
        job.commit(),
        "message",
        TITLE + "\n",
        "author_name",
        "Alice",
        "author_email",
        "alice@example.com",
        "status",
        job.status.word());
  }

  private Map<String, Object> repository(Project project) {
    return Json.object(
        "name",
        project.name(),
        "url",
        "git@gitlab.acme.example:" + project.path + ".git",
        "description",
        "",
        "homepage",
        page(project),
        "git_http_url",
        page(project) + ".git",
        "git_ssh_url",
        "git@gitlab.acme.example:" + project.path + ".git",
        "visibility_level",
        0);
  }

  private Map<String, Object> hookProject(Project project) {
    return Json.object(
        "id",
        project.id,
        "name",
        project.name(),
        "web_url",
        page(project),
        "namespace",
        project.namespace(),
        "visibility_level",
        0,
        "path_with_namespace",
        project.path,
        "default_branch",
        "main");
  }

  private String page(Project project) {
    return url + "/" + project.path;
  }

  private static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  /** As webhooks write times. */
  private static @Nullable String inWords(@Nullable Instant instant) {
    return instant == null ? null : instant.toString().replace("T", " ").replace("Z", " UTC");
  }
}
