package dev.nimbus.testkit.forge.kin;

import dev.nimbus.testkit.forge.kin.FakeGitea.Release;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a Gitea writes. */
final class GiteaShapes {
  private static final String NEVER = "1970-01-01T00:00:00Z";
  private static final long FORK = 999_999;

  private final Shapes shapes;
  private final World world;
  private final Release release;

  GiteaShapes(URI url, World world, Release release) {
    this.shapes = new Shapes(url);
    this.world = world;
    this.release = release;
  }

  Map<String, Object> job(Job job) {
    var repo = job.run.repo();
    var shape = new TreeMap<String, Object>();
    shape.put("id", job.id);
    shape.put("url", shapes.api(repo) + "/actions/jobs/" + job.id);
    shape.put("html_url", page(job));
    shape.put("run_id", job.run.id());
    shape.put("run_url", shapes.api(repo) + "/actions/runs/" + job.run.id());
    shape.put("name", "build");
    shape.put("labels", job.labels);
    shape.put("run_attempt", attempt(job));
    shape.put("head_sha", job.run.commit());
    shape.put("head_branch", job.run.fork() ? "" : "main");
    shape.put("status", status(job.status));
    shape.put("steps", List.of());
    shape.put("created_at", job.run.createdAt().toString());
    shape.put("started_at", time(job.startedAt));
    shape.put("completed_at", time(job.stoppedAt));
    if (job.status.over()) {
      shape.put("conclusion", job.status.word());
    }
    if (job.task != 0) {
      shape.put("runner_id", job.runner);
      shape.put("runner_name", world.runnerOf(job));
    }
    return shape;
  }

  private int attempt(Job job) {
    return release == Release.V1_27 || job.startedAt != null ? job.attempt : job.attempt - 1;
  }

  private String page(Job job) {
    var run = shapes.page(job.run.repo()) + "/actions/runs/" + job.run.id();
    return run + "/jobs/" + (release == Release.V1_27 ? job.id : 0);
  }

  private static String status(Status status) {
    return switch (status) {
      case WAITING -> "queued";
      case RUNNING -> "in_progress";
      case SUCCESS, FAILURE, CANCELLED -> "completed";
    };
  }

  Map<String, Object> jobs(List<Job> page, int total) {
    var name = release == Release.V1_27 ? "jobs" : "workflow_jobs";
    return Map.of(name, page.stream().map(this::job).toList(), "total_count", total);
  }

  Map<String, Object> run(Job job) {
    var run = job.run;
    var shape = new TreeMap<String, Object>();
    shape.put("id", run.id());
    shape.put("url", shapes.api(run.repo()) + "/actions/runs/" + run.id());
    shape.put("html_url", shapes.page(run.repo()) + "/actions/runs/" + run.id());
    shape.put("display_title", "Sell more shoes");
    shape.put("path", "ci.yml@refs/" + (run.fork() ? "pull/7/head" : "heads/main"));
    shape.put("event", run.fork() ? "pull_request" : "push");
    shape.put("run_attempt", attempt(job));
    shape.put("run_number", run.id());
    shape.put("head_sha", run.commit());
    shape.put("head_branch", run.fork() ? "" : "main");
    shape.put("status", status(job.status));
    shape.put("started_at", time(job.startedAt));
    shape.put("completed_at", time(job.stoppedAt));
    shape.put("repository", shapes.repository(run.repo()));
    shape.put("actor", shapes.user(run.fork() ? "mallory" : "alice"));
    shape.put("trigger_actor", shapes.user(run.fork() ? "mallory" : "alice"));
    if (release == Release.V1_27) {
      shape.put("pull_requests", run.fork() ? List.of(joined(job)) : List.of());
    }
    return shape;
  }

  private static Map<String, Object> joined(Job job) {
    return Map.of(
        "id",
        70,
        "number",
        7,
        "head",
        Map.of("ref", "feature", "repo", Map.of("id", FORK, "name", "shop")),
        "base",
        Map.of("ref", "main", "repo", Map.of("id", job.run.repo().id(), "name", "shop")));
  }

  /** The pull request the fork of a repository asks for. */
  Map<String, Object> pull(Repo repo) {
    return Map.of(
        "id",
        70,
        "number",
        7,
        "title",
        "Sell more shoes",
        "head",
        Map.of("ref", "feature", "repo_id", FORK),
        "base",
        Map.of("ref", "main", "repo_id", repo.id()));
  }

  Map<String, Object> hook(Job job) {
    var action = status(job.status);
    return Map.of(
        "action",
        action,
        "workflow_job",
        job(job),
        "repository",
        shapes.repository(job.run.repo()),
        "sender",
        shapes.user("alice"));
  }

  Map<String, Object> runner(Runner runner, boolean busy) {
    var labels = new ArrayList<Map<String, Object>>();
    runner.labels.forEach(
        label -> labels.add(Map.of("id", labels.size(), "name", label, "type", "custom")));
    var shape = new TreeMap<String, Object>();
    shape.put("id", runner.id);
    shape.put("name", runner.name);
    shape.put("status", runner.online ? "online" : "offline");
    shape.put("busy", busy);
    shape.put("ephemeral", runner.ephemeral);
    shape.put("labels", labels);
    if (release == Release.V1_27) {
      shape.put("disabled", runner.disabled);
    }
    return shape;
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? NEVER : instant.toString();
  }
}
