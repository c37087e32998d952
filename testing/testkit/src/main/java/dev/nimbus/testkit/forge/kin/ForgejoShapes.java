package dev.nimbus.testkit.forge.kin;

import dev.nimbus.testkit.forge.kin.FakeForgejo.Release;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a Forgejo writes. */
final class ForgejoShapes {
  private static final String NEVER = "1970-01-01T00:00:00Z";

  private final Shapes shapes;
  private final Release release;

  ForgejoShapes(URI url, Release release) {
    this.shapes = new Shapes(url);
    this.release = release;
  }

  Map<String, Object> job(Job job) {
    var shape = new TreeMap<String, Object>();
    shape.put("id", job.id);
    shape.put("repo_id", job.run.repo().id());
    shape.put("owner_id", 1);
    shape.put("name", "build");
    shape.put("needs", List.of());
    shape.put("runs_on", job.labels);
    shape.put("task_id", job.task);
    shape.put("status", job.status.word());
    if (release != Release.V13) {
      shape.put("attempt", job.attempt);
      shape.put("handle", job.handle);
    }
    if (release == Release.NEXT) {
      shape.put("run_id", job.run.id());
      shape.put("html_url", page(job) + "/jobs/0/attempt/" + job.attempt);
    }
    return shape;
  }

  Map<String, Object> run(Job job) {
    var run = job.run;
    var shape = new TreeMap<String, Object>();
    shape.put("id", run.id());
    shape.put("title", "Sell more shoes");
    shape.put("repository", shapes.repository(run.repo()));
    shape.put("workflow_id", "ci.yml");
    shape.put("index_in_repo", run.id());
    shape.put("trigger_user", shapes.user(run.fork() ? "mallory" : "alice"));
    shape.put("ScheduleID", 0);
    shape.put("prettyref", run.fork() ? "#7" : "main");
    shape.put("is_ref_deleted", false);
    shape.put("commit_sha", run.commit());
    shape.put("is_fork_pull_request", run.fork());
    shape.put("need_approval", false);
    shape.put("approved_by", 0);
    shape.put("event", run.fork() ? "pull_request" : "push");
    shape.put("event_payload", "{}");
    shape.put("trigger_event", run.fork() ? "pull_request" : "push");
    shape.put("status", job.status.word());
    shape.put("created", run.createdAt().toString());
    shape.put("updated", run.createdAt().toString());
    shape.put("started", time(job.startedAt));
    shape.put("stopped", time(job.stoppedAt));
    shape.put("duration", 0);
    shape.put("html_url", page(job));
    return shape;
  }

  Map<String, Object> runHook(Job job, String action) {
    return Map.of("action", action, "run", run(job), "prior_status", "running");
  }

  Map<String, Object> jobHook(Job job, Status status) {
    return Map.of(
        "action",
        status.word(),
        "job",
        job(job),
        "run",
        run(job),
        "repository",
        shapes.repository(job.run.repo()));
  }

  Map<String, Object> repository(Repo repo) {
    return shapes.repository(repo);
  }

  Map<String, Object> runner(Runner runner, boolean active) {
    var shape = new TreeMap<String, Object>();
    shape.put("id", runner.id);
    shape.put("uuid", runner.uuid);
    shape.put("name", runner.name);
    shape.put("description", runner.description);
    shape.put("ephemeral", runner.ephemeral);
    shape.put("labels", runner.labels);
    shape.put("owner_id", 1);
    shape.put("repo_id", 0);
    shape.put("version", runner.version);
    var idle = runner.online ? "idle" : "offline";
    shape.put("status", active ? "active" : idle);
    return shape;
  }

  private String page(Job job) {
    return shapes.page(job.run.repo()) + "/actions/runs/" + job.run.id();
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? NEVER : instant.toString();
  }
}
