package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.github.World.Job;
import dev.nimbus.testkit.forge.github.World.Repo;
import dev.nimbus.testkit.forge.github.World.Run;
import dev.nimbus.testkit.forge.github.World.Runner;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what exists the way GitHub does, with all that GitHub promises to write. */
final class Shapes {
  private static final List<String> ACCOUNT_LINKS =
      List.of(
          "avatar_url",
          "url",
          "html_url",
          "followers_url",
          "following_url",
          "gists_url",
          "starred_url",
          "subscriptions_url",
          "organizations_url",
          "repos_url",
          "events_url",
          "received_events_url");
  private static final List<String> REPOSITORY_LINKS =
      List.of(
          "html_url",
          "url",
          "archive_url",
          "assignees_url",
          "blobs_url",
          "branches_url",
          "collaborators_url",
          "comments_url",
          "commits_url",
          "compare_url",
          "contents_url",
          "contributors_url",
          "deployments_url",
          "downloads_url",
          "events_url",
          "forks_url",
          "git_commits_url",
          "git_refs_url",
          "git_tags_url",
          "hooks_url",
          "issue_comment_url",
          "issue_events_url",
          "issues_url",
          "keys_url",
          "labels_url",
          "languages_url",
          "merges_url",
          "milestones_url",
          "notifications_url",
          "pulls_url",
          "releases_url",
          "stargazers_url",
          "statuses_url",
          "subscribers_url",
          "subscription_url",
          "tags_url",
          "teams_url",
          "trees_url");
  private static final List<String> CLONE_LINKS =
      List.of("git_url", "ssh_url", "clone_url", "mirror_url", "svn_url", "homepage");
  private static final List<String> COUNTS =
      List.of(
          "forks",
          "forks_count",
          "stargazers_count",
          "watchers_count",
          "size",
          "open_issues_count",
          "open_issues",
          "watchers");
  private static final List<String> FEATURES =
      List.of("has_issues", "has_projects", "has_wiki", "has_pages", "has_downloads");
  private static final List<String> RUN_LINKS =
      List.of(
          "url",
          "html_url",
          "jobs_url",
          "logs_url",
          "check_suite_url",
          "artifacts_url",
          "cancel_url",
          "rerun_url",
          "workflow_url");

  private final URI base;

  Shapes(URI base) {
    this.base = base;
  }

  Map<String, @Nullable Object> account(String login) {
    var shape = new LinkedHashMap<String, @Nullable Object>();
    shape.put("login", login);
    shape.put("id", 7);
    shape.put("node_id", "MDQ6VXNlcjc=");
    shape.put("gravatar_id", "");
    shape.put("type", login.equals("a-person") ? "User" : "Organization");
    shape.put("site_admin", false);
    ACCOUNT_LINKS.forEach(link -> shape.put(link, base + "/users/" + login + "/" + link));
    return shape;
  }

  /** As lists of runs hold it. */
  Map<String, @Nullable Object> brief(Repo repo, boolean fork) {
    var name = fork ? "a-stranger/" + repo.name() : repo.fullName();
    var shape = new LinkedHashMap<String, @Nullable Object>();
    shape.put("id", fork ? repo.id() + 1_000_000 : repo.id());
    shape.put("node_id", "R_" + repo.id());
    shape.put("name", repo.name());
    shape.put("full_name", name);
    shape.put("owner", account(name.substring(0, name.indexOf('/'))));
    shape.put("private", false);
    shape.put("description", null);
    shape.put("fork", fork);
    REPOSITORY_LINKS.forEach(link -> shape.put(link, base + "/repos/" + name + "/" + link));
    shape.put("hooks_url", base + "/repos/" + name + "/hooks");
    return shape;
  }

  Map<String, @Nullable Object> full(Repo repo) {
    var shape = brief(repo, false);
    CLONE_LINKS.forEach(link -> shape.put(link, base + "/" + repo.fullName()));
    COUNTS.forEach(count -> shape.put(count, 0));
    FEATURES.forEach(feature -> shape.put(feature, true));
    shape.put("license", null);
    shape.put("language", "Java");
    shape.put("default_branch", "main");
    shape.put("archived", false);
    shape.put("disabled", false);
    shape.put("pushed_at", repo.pushedAt().toString());
    shape.put("created_at", repo.pushedAt().toString());
    shape.put("updated_at", repo.pushedAt().toString());
    return shape;
  }

  Map<String, @Nullable Object> run(Run run, String status) {
    var shape = new LinkedHashMap<String, @Nullable Object>();
    shape.put("id", run.id);
    shape.put("node_id", "WFR_" + run.id);
    shape.put("name", "build");
    shape.put("head_branch", "main");
    shape.put("head_sha", run.sha());
    shape.put("path", ".github/workflows/build.yml");
    shape.put("run_number", 1);
    shape.put("run_attempt", run.attempt);
    shape.put("event", run.fork ? "pull_request" : "push");
    shape.put("status", status);
    shape.put("conclusion", status.equals("completed") ? "success" : null);
    shape.put("workflow_id", 5);
    shape.put("pull_requests", List.of());
    shape.put("display_title", "Mend the shop window");
    shape.put("created_at", run.createdAt.toString());
    shape.put("updated_at", run.createdAt.toString());
    shape.put("previous_attempt_url", null);
    shape.put("head_commit", null);
    shape.put("actor", account(run.fork ? "a-stranger" : "a-person"));
    shape.put("triggering_actor", account(run.fork ? "a-stranger" : "a-person"));
    shape.put("repository", brief(run.repo, false));
    shape.put("head_repository", brief(run.repo, run.fork));
    RUN_LINKS.forEach(link -> shape.put(link, address(run) + "/" + link));
    return shape;
  }

  Map<String, @Nullable Object> job(Job job) {
    var shape = new LinkedHashMap<String, @Nullable Object>();
    var address = base + "/repos/" + job.run.repo.fullName() + "/actions/jobs/" + job.id;
    var taken = !job.runner.isEmpty();
    shape.put("id", job.id);
    shape.put("run_id", job.run.id);
    shape.put("run_url", address(job.run));
    shape.put("run_attempt", job.attempt);
    shape.put("node_id", "CR_" + job.id);
    shape.put("head_sha", job.run.sha());
    shape.put("url", address);
    shape.put("html_url", address(job.run) + "/job/" + job.id);
    shape.put("status", job.status);
    shape.put("conclusion", job.conclusion.isEmpty() ? null : job.conclusion);
    shape.put("created_at", job.createdAt.toString());
    shape.put("started_at", job.startedAt.toString());
    shape.put("completed_at", job.conclusion.isEmpty() ? null : time(job.completedAt));
    shape.put("name", "test");
    shape.put("steps", List.of());
    shape.put("check_run_url", base + "/check-runs/" + job.id);
    shape.put("labels", job.labels);
    shape.put("runner_id", taken ? job.runnerId : null);
    shape.put("runner_name", taken ? job.runner : null);
    shape.put("runner_group_id", taken ? 1 : null);
    shape.put("runner_group_name", taken ? "Default" : null);
    shape.put("workflow_name", "build");
    shape.put("head_branch", "main");
    return shape;
  }

  Map<String, @Nullable Object> hook(String action, Job job) {
    var shape = new LinkedHashMap<String, @Nullable Object>();
    var owner = job.run.repo.owner();
    shape.put("action", action);
    shape.put("workflow_job", job(job));
    shape.put("repository", full(job.run.repo));
    shape.put("organization", account(owner));
    shape.put("sender", account(job.run.fork ? "a-stranger" : "a-person"));
    shape.put("installation", Map.of("id", 1, "node_id", "MDIzOkluc3RhbGxhdGlvbjE="));
    return shape;
  }

  Map<String, @Nullable Object> runner(Runner runner, boolean busy) {
    var shape = new LinkedHashMap<String, @Nullable Object>();
    shape.put("id", runner.id);
    shape.put("runner_group_id", runner.group);
    shape.put("name", runner.name);
    shape.put("os", runner.online ? "Linux" : "unknown");
    shape.put("status", runner.online ? "online" : "offline");
    shape.put("busy", busy);
    shape.put("ephemeral", runner.ephemeral);
    shape.put("labels", runner.labels.stream().map(Shapes::label).toList());
    return shape;
  }

  private static Map<String, Object> label(String name) {
    return Map.of("id", 1, "name", name, "type", "custom");
  }

  Map<String, @Nullable Object> group(long id, String name) {
    var shape = new LinkedHashMap<String, @Nullable Object>();
    shape.put("id", id);
    shape.put("name", name);
    shape.put("visibility", "all");
    shape.put("default", id == World.DEFAULT_GROUP);
    shape.put("runners_url", base + "/orgs/acme/actions/runner-groups/" + id + "/runners");
    shape.put("inherited", false);
    shape.put("allows_public_repositories", false);
    return shape;
  }

  private String address(Run run) {
    return base + "/repos/" + run.repo.fullName() + "/actions/runs/" + run.id;
  }

  static String time(Instant instant) {
    return instant.toString();
  }
}
