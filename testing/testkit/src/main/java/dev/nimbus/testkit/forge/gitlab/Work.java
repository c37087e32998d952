package dev.nimbus.testkit.forge.gitlab;

import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What runners call: they ask for a job, tell how it goes, and ship what it writes. */
final class Work {
  private static final String JOBS = "/api/v4/jobs";

  private final World world;
  private final BiConsumer<Job, Status> changed;

  /**
   * Gives work to runners.
   *
   * @param changed is told of every job that was taken or ended
   */
  Work(World world, BiConsumer<Job, Status> changed) {
    this.world = world;
    this.changed = changed;
  }

  void addTo(Routes routes) {
    routes.add("POST", JOBS + "/request", (call, _) -> request(call));
    routes.add("PUT", JOBS + "/(\\d+)", (call, words) -> update(call, words[0]));
    routes.add("PATCH", JOBS + "/(\\d+)/trace", (call, words) -> write(call, words[0]));
  }

  private Answer request(Call call) {
    var asked = call.json(Request.class);
    var runner = world.runner(asked.token() == null ? "" : asked.token());
    if (runner.isEmpty()) {
      return Calls.problem(403, "403 Forbidden");
    }
    var job = world.take(runner.get());
    job.ifPresent(one -> changed.accept(one, Status.RUNNING));
    return job.map(one -> Answer.of(201, payload(one))).orElseGet(() -> Answer.empty(204));
  }

  /** The line a job writes. */
  static String said(Job job) {
    return "job %d of %s runs".formatted(job.id, job.project.path);
  }

  private static Map<String, Object> payload(Job job) {
    return Json.object(
        "id", job.id,
        "token", job.token(),
        "allow_git_fetch", false,
        "job_info",
            Json.object(
                "id",
                job.id,
                "name",
                "build",
                "stage",
                "test",
                "project_id",
                job.project.id,
                "project_name",
                job.project.name()),
        "git_info",
            Json.object(
                "repo_url", "", "ref", job.ref(), "sha", job.commit(), "ref_type", "branch"),
        "runner_info", Map.of("timeout", 3_600),
        "variables", List.of(Map.of("key", "GIT_STRATEGY", "value", "none", "public", true)),
        "steps",
            List.of(
                Json.object(
                    "name",
                    "script",
                    "script",
                    List.of("echo \"" + said(job) + "\""),
                    "timeout",
                    3_600,
                    "when",
                    "on_success",
                    "allow_failure",
                    false)),
        "features", Map.of("trace_sections", true));
  }

  private Answer update(Call call, String id) {
    var told = call.json(Update.class);
    return known(
        id,
        told.token() == null ? "" : told.token(),
        job -> {
          var state = told.state() == null ? "" : told.state();
          switch (state) {
            case "success" -> end(job, Status.SUCCESS);
            case "failed" -> end(job, Status.FAILED);
            default -> {}
          }
          return Answer.empty(200).with("Job-Status", job.status.word());
        });
  }

  private void end(Job job, Status status) {
    if (job.status.runs()) {
      world.end(job, status);
      changed.accept(job, status);
    }
  }

  private Answer write(Call call, String id) {
    return known(
        id,
        call.header("job-token"),
        job -> {
          job.trace.append(new String(call.body(), StandardCharsets.UTF_8));
          return Answer.empty(202).with("Range", "0-" + job.trace.length());
        });
  }

  /** Only who was given the job may say anything of it. */
  private Answer known(String id, String token, Function<Job, Answer> answer) {
    return world
        .job(Long.parseLong(id))
        .filter(job -> job.token().equals(token))
        .map(answer)
        .orElseGet(() -> Calls.problem(403, "403 Forbidden"));
  }

  record Request(@Nullable String token) {}

  record Update(@Nullable String token, @Nullable String state) {}
}
