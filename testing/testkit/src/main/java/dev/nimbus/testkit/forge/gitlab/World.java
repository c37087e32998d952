package dev.nimbus.testkit.forge.gitlab;

import dev.nimbus.testkit.forge.Wanted;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Projects, jobs and runners, and what happens to them. Used under a lock. */
final class World {
  private final InstantSource time;
  private final Map<String, Project> projects = new LinkedHashMap<>();
  private final Map<Long, Job> jobs = new LinkedHashMap<>();
  private final Map<Long, Runner> runners = new LinkedHashMap<>();
  private final Map<String, String> said = new HashMap<>();
  private final Set<String> people = new TreeSet<>();
  private final Map<String, String> hooks = new TreeMap<>();
  private long ids = 100;
  private boolean administered;

  World(InstantSource time) {
    this.time = time;
  }

  Project project(String path) {
    return projects.computeIfAbsent(path, one -> new Project(++ids, one, time.instant()));
  }

  /** A project by its number or encoded path; empty when it is hidden. */
  Optional<Project> find(String word) {
    return projects.values().stream()
        .filter(project -> project.named(word) && !project.hidden)
        .findFirst();
  }

  List<Project> projects() {
    return List.copyOf(projects.values());
  }

  /** The namespaces that are of people, and not of groups. */
  Set<String> people() {
    return people;
  }

  /** The state of the webhook of a group or project, by its path. */
  Map<String, String> hooks() {
    return hooks;
  }

  /** From now on the token is an administrator's. */
  boolean administer() {
    administered = true;
    return true;
  }

  boolean administered() {
    return administered;
  }

  List<Job> jobs() {
    return List.copyOf(jobs.values());
  }

  Optional<Job> job(long id) {
    return Optional.ofNullable(jobs.get(id));
  }

  List<Runner> runners() {
    return List.copyOf(runners.values());
  }

  Optional<Runner> runner(long id) {
    return Optional.ofNullable(runners.get(id));
  }

  Optional<Runner> runner(String token) {
    return runners.values().stream().filter(runner -> runner.token.equals(token)).findFirst();
  }

  /** Descriptions by commit and name of what was said there. */
  Map<String, String> said() {
    return said;
  }

  Job create(Wanted wanted) {
    var project = project(wanted.repository().value());
    project.lastActivityAt = time.instant();
    return put(new Job(++ids, ++ids, project, wanted.fork(), wanted.labels(), 0, time.instant()));
  }

  /** A job that is run again is another one, of the same pipeline. */
  Job again(Job over) {
    var retries = over.retries + 1;
    return put(
        new Job(++ids, over.pipeline, over.project, over.fork, over.tags, retries, time.instant()));
  }

  private Job put(Job job) {
    jobs.put(job.id, job);
    return job;
  }

  Runner addRunner(long project, String description, List<String> tags, boolean runUntagged) {
    var id = ++ids;
    var token = "glrt-t3_" + "%020x".formatted(id * 7_919);
    var runner = new Runner(id, project, token, description, tags, runUntagged);
    runners.put(id, runner);
    return runner;
  }

  void remove(Runner runner) {
    runners.remove(runner.id);
    jobs.values().stream()
        .filter(job -> job.runner.filter(runner::equals).isPresent())
        .forEach(job -> job.runner = Optional.empty());
  }

  boolean busy(Runner runner) {
    return jobs.values().stream()
        .anyMatch(job -> job.runner.filter(runner::equals).isPresent() && job.status.runs());
  }

  /** Gives a runner the oldest job that fits. */
  Optional<Job> take(Runner runner) {
    runner.online = true;
    var job =
        jobs.values().stream()
            .filter(one -> one.status == Status.PENDING && one.project.id == runner.project)
            .filter(one -> fits(one, runner) && !runner.paused)
            .findFirst();
    job.ifPresent(one -> start(one, Optional.of(runner), ""));
    return job;
  }

  private static boolean fits(Job job, Runner runner) {
    return job.tags.isEmpty() ? runner.runUntagged : runner.tags.containsAll(job.tags);
  }

  void start(Job job, Optional<Runner> runner, String stranger) {
    job.status = Status.RUNNING;
    job.runner = runner;
    job.stranger = stranger;
    job.startedAt = time.instant();
  }

  void end(Job job, Status status) {
    job.status = status;
    job.finishedAt = time.instant();
  }
}
