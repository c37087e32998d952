package dev.nimbus.testkit.forge.kin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a runner is given to do. */
final class Tasks {
  private final URI url;

  Tasks(URI url) {
    this.url = url;
  }

  Map<String, Object> shape(Job job) {
    var workflow = workflow(job).getBytes(StandardCharsets.UTF_8);
    return Map.of(
        "id",
        job.task,
        "workflow_payload",
        Base64.getEncoder().encodeToString(workflow),
        "context",
        context(job),
        "secrets",
        Map.of("GITHUB_TOKEN", "token-of-the-job"),
        "vars",
        Map.of());
  }

  /** The line a job writes. */
  static String said(Job job) {
    return "job %d of %s runs".formatted(job.id, job.run.repo().fullName());
  }

  private static String workflow(Job job) {
    return """
        name: ci
        on: push
        jobs:
          build:
            name: build
            runs-on: [%s]
            steps:
              - run: echo "%s"
        """
        .formatted(String.join(", ", quoted(job.labels)), said(job));
  }

  private static List<String> quoted(List<String> labels) {
    return labels.stream().map(label -> '"' + label + '"').toList();
  }

  private Map<String, Object> context(Job job) {
    var repo = job.run.repo();
    var context = new TreeMap<String, Object>();
    context.putAll(Map.of("actor", "alice", "event", Map.of(), "event_name", "push"));
    context.putAll(Map.of("ref", "refs/heads/main", "ref_name", "main", "ref_type", "branch"));
    context.putAll(Map.of("repository", repo.fullName(), "repository_owner", repo.owner()));
    context.putAll(Map.of("run_id", "" + job.run.id(), "run_number", "1", "run_attempt", "1"));
    context.putAll(Map.of("job", "build", "workflow", "ci", "sha", job.run.commit()));
    context.putAll(Map.of("server_url", url + "/", "api_url", url + "/api/v1"));
    context.putAll(Map.of("token", "token-of-the-job", "retention_days", ""));
    context.putAll(
        Map.of("gitea_default_actions_url", url.toString(), "gitea_runtime_token", "runtime"));
    return context;
  }
}
