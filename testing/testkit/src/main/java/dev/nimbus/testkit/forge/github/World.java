package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.Wanted;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What exists at this GitHub. Used under the fake's lock. */
final class World {
  static final long DEFAULT_GROUP = 1;

  private final InstantSource time;
  private final Map<String, Repo> repositories = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<Long, Run> runs = new LinkedHashMap<>();
  private final Map<Long, Job> jobs = new LinkedHashMap<>();
  private final Map<Long, Runner> runners = new LinkedHashMap<>();
  private final Map<Long, String> groups = new TreeMap<>(Map.of(DEFAULT_GROUP, "Default"));
  private final Map<String, List<Status>> statuses = new TreeMap<>();
  private long ids = 1_000;

  World(InstantSource time) {
    this.time = time;
  }

  Repo repository(String fullName) {
    return repositories.computeIfAbsent(fullName, name -> new Repo(++ids, name, time.instant()));
  }

  Optional<Repo> find(String fullName) {
    return Optional.ofNullable(repositories.get(fullName));
  }

  List<Repo> repositoriesOf(String owner) {
    return repositories.values().stream().filter(repo -> repo.owner().equals(owner)).toList();
  }

  Job queue(Wanted wanted) {
    var repo = repository(wanted.repository().value());
    var run = new Run(++ids, repo, wanted.fork(), time.instant());
    runs.put(run.id, run);
    return queue(run, wanted.labels());
  }

  Job queue(Run run, List<String> labels) {
    var job = new Job(++ids, run, labels, run.attempt, time.instant());
    jobs.put(job.id, job);
    return job;
  }

  Job rerun(Job over) {
    over.run.attempt++;
    return queue(over.run, over.labels);
  }

  Job job(long id) {
    return job(Long.toString(id)).orElseThrow();
  }

  Optional<Job> job(String id) {
    return id.matches("\\d{1,18}")
        ? Optional.ofNullable(jobs.get(Long.parseLong(id)))
        : Optional.empty();
  }

  Optional<Run> run(String id) {
    return Optional.ofNullable(runs.get(Long.parseLong(id)));
  }

  List<Run> runsOf(Repo repo) {
    return runs.values().stream().filter(run -> run.repo.equals(repo)).toList();
  }

  /** The jobs of a run's latest attempt. */
  List<Job> latestJobs(Run run) {
    return jobs.values().stream()
        .filter(job -> job.run == run && job.attempt == run.attempt)
        .toList();
  }

  String statusOf(Run run) {
    var all = latestJobs(run).stream().map(job -> job.status).toList();
    if (all.stream().allMatch("completed"::equals)) {
      return "completed";
    }
    return all.stream().allMatch("queued"::equals) ? "queued" : "in_progress";
  }

  void start(Job job, String runner, long runnerId) {
    job.status = "in_progress";
    job.runner = runner;
    job.runnerId = runnerId;
    job.startedAt = time.instant();
  }

  void end(Job job, String conclusion) {
    job.status = "completed";
    job.conclusion = conclusion;
    job.completedAt = time.instant();
    runners.values().removeIf(runner -> runner.job == job && runner.ephemeral);
  }

  Runner addRunner(String scope, String name, long group, List<String> labels, boolean ephemeral) {
    var runner = new Runner(++ids, scope, name, group, labels, ephemeral);
    runners.put(runner.id, runner);
    return runner;
  }

  /** Adds a runner of a scale set, which takes only jobs the set has. */
  Runner addRunner(String scope, String name, long group, long set) {
    var runner = addRunner(scope, name, group, List.of(), true);
    runner.set = set;
    return runner;
  }

  List<Job> jobs() {
    return List.copyOf(jobs.values());
  }

  /** Where a job stands among those of its run's attempt, from 0. */
  int place(Job job) {
    return jobs.values().stream()
        .filter(one -> one.run == job.run && one.attempt == job.attempt)
        .toList()
        .indexOf(job);
  }

  List<Runner> runners() {
    return List.copyOf(runners.values());
  }

  Optional<Runner> runner(String scope, String id) {
    return Optional.ofNullable(runners.get(Long.parseLong(id)))
        .filter(runner -> runner.scope.equals(scope));
  }

  void delete(Runner runner) {
    runners.remove(runner.id);
  }

  /** The oldest job a runner may take. */
  Optional<Job> nextFor(Runner runner) {
    return jobs.values().stream()
        .filter(job -> job.status.equals("queued") && job.set == runner.set)
        .filter(job -> runner.set != 0 || runner.mayTake(job))
        .findFirst();
  }

  Map<Long, String> groups() {
    return groups;
  }

  void say(String sha, Status status) {
    statuses.computeIfAbsent(sha, _ -> new ArrayList<>()).add(status);
  }

  List<Status> saidOf(String sha) {
    return List.copyOf(statuses.getOrDefault(sha, List.of()));
  }

  long nextId() {
    return ++ids;
  }

  record Repo(long id, String fullName, Instant pushedAt) {
    String owner() {
      return fullName.substring(0, fullName.indexOf('/'));
    }

    String name() {
      return fullName.substring(fullName.indexOf('/') + 1);
    }
  }

  record Status(String state, String description, String context, String targetUrl) {}

  static final class Run {
    final long id;
    final Repo repo;
    final boolean fork;
    final Instant createdAt;
    int attempt = 1;

    Run(long id, Repo repo, boolean fork, Instant createdAt) {
      this.id = id;
      this.repo = repo;
      this.fork = fork;
      this.createdAt = createdAt;
    }

    String sha() {
      return "%040x".formatted(id);
    }
  }

  static final class Job {
    final long id;
    final Run run;
    final List<String> labels;
    final int attempt;
    final Instant createdAt;
    String status = "queued";
    String conclusion = "";
    String runner = "";
    long runnerId;

    /** The scale set that has it; zero for none. */
    long set;

    int losses;
    Instant startedAt;
    Instant completedAt;

    Job(long id, Run run, List<String> labels, int attempt, Instant createdAt) {
      this.id = id;
      this.run = run;
      this.labels = labels;
      this.attempt = attempt;
      this.createdAt = createdAt;
      this.startedAt = createdAt;
      this.completedAt = createdAt;
    }
  }

  static final class Runner {
    final long id;
    final String scope;
    final String name;
    final long group;
    final List<String> labels;
    final boolean ephemeral;
    final String key;
    boolean online;
    long set;
    @org.jspecify.annotations.Nullable Job job;

    Runner(long id, String scope, String name, long group, List<String> labels, boolean ephemeral) {
      this.id = id;
      this.scope = scope;
      this.name = name;
      this.group = group;
      this.labels = labels;
      this.ephemeral = ephemeral;
      this.key = "key of runner " + id;
    }

    boolean mayTake(Job job) {
      var mine = labels.stream().map(label -> label.toLowerCase(Locale.ROOT)).toList();
      return (scope.equals("/orgs/" + job.run.repo.owner())
              || scope.equals("/repos/" + job.run.repo.fullName()))
          && job.labels.stream().allMatch(label -> mine.contains(label.toLowerCase(Locale.ROOT)));
    }
  }
}
