package dev.nimbus.testkit.forge.kin;

import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.Wanted;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Repositories, runs, jobs and runners, and what happens to them. Used under a lock. */
final class World {
  private final InstantSource time;
  private final boolean attemptsApart;
  private final Map<String, Repo> repositories = new LinkedHashMap<>();
  private final Map<Long, Job> jobs = new LinkedHashMap<>();
  private final Map<Long, Runner> runners = new LinkedHashMap<>();
  private final Map<String, String> said = new HashMap<>();
  private long ids;
  private long tasksVersion = 1;

  /**
   * @param attemptsApart whether a job that runs again is given another id
   */
  World(InstantSource time, boolean attemptsApart) {
    this.time = time;
    this.attemptsApart = attemptsApart;
  }

  Repo repository(String fullName) {
    return repositories.computeIfAbsent(fullName, name -> new Repo(++ids, name));
  }

  Optional<Repo> repository(long id) {
    return repositories.values().stream().filter(repo -> repo.id() == id).findFirst();
  }

  List<Job> jobs() {
    return List.copyOf(jobs.values());
  }

  Optional<Job> job(long id) {
    return Optional.ofNullable(jobs.get(id));
  }

  Optional<Job> task(long id) {
    return jobs.values().stream().filter(job -> job.task == id).findFirst();
  }

  List<Runner> runners() {
    return List.copyOf(runners.values());
  }

  Optional<Runner> runner(long id) {
    return Optional.ofNullable(runners.get(id));
  }

  /** Counts whatever may give a runner work. */
  long tasksVersion() {
    return tasksVersion;
  }

  Map<String, String> said() {
    return said;
  }

  Job queue(Wanted wanted) {
    var repo = repository(wanted.repository().value());
    var run = new Run(++ids, repo, wanted.fork(), time.instant(), "%040x".formatted(ids));
    return wait(new Job(++ids, run, wanted.labels(), 1));
  }

  Job again(Job over) {
    if (attemptsApart) {
      return wait(new Job(++ids, over.run, over.labels, over.attempt + 1));
    }
    over.attempt += over.startedAt == null ? 0 : 1;
    return wait(over);
  }

  private Job wait(Job job) {
    job.status = Status.WAITING;
    job.handle = uuid("job %d#%d".formatted(job.id, job.attempt));
    job.startedAt = null;
    job.stoppedAt = null;
    job.task = 0;
    job.runner = 0;
    job.stranger = "";
    job.createdAt = time.instant();
    jobs.put(job.id, job);
    tasksVersion++;
    return job;
  }

  Runner addRunner(String scope, String name, String description, boolean ephemeral) {
    var id = ++ids;
    var token = "%040x".formatted(id * 7_919);
    var runner = new Runner(id, uuid("runner " + id), token, scope, name);
    runner.description = description;
    runner.ephemeral = ephemeral;
    runners.put(id, runner);
    return runner;
  }

  void remove(Runner runner) {
    runners.remove(runner.id);
  }

  boolean busy(Runner runner) {
    return jobs.values().stream()
        .anyMatch(job -> job.runner == runner.id && job.status == Status.RUNNING);
  }

  /**
   * Gives a runner the oldest job that fits.
   *
   * @param handle of the only job it wants; empty for any
   */
  Optional<Job> take(Runner runner, String handle) {
    if (runner.disabled || (runner.ephemeral && runner.used)) {
      return Optional.empty();
    }
    var job =
        jobs.values().stream()
            .filter(one -> one.status == Status.WAITING && covers(runner.scope, one.run.repo()))
            .filter(one -> runner.labels.containsAll(one.labels) && !one.labels.isEmpty())
            .filter(one -> handle.isEmpty() || handle.equals(one.handle))
            .findFirst();
    job.ifPresent(one -> start(one, runner.id, ""));
    runner.used |= job.isPresent();
    return job;
  }

  void start(Job job, long runner, String stranger) {
    job.status = Status.RUNNING;
    job.runner = runner;
    job.stranger = stranger;
    job.task = ++ids;
    job.startedAt = time.instant();
  }

  /** Ends a job; a runner good for one is forgotten with it. */
  void end(Job job, Status status) {
    job.status = status;
    job.stoppedAt = time.instant();
    runner(job.runner).filter(runner -> runner.ephemeral).ifPresent(this::remove);
  }

  /** The name of whoever runs or ran a job; a runner that is gone has none any more. */
  String runnerOf(Job job) {
    return runner(job.runner).map(runner -> runner.name).orElse(job.stranger);
  }

  private static String uuid(String of) {
    return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Whether what belongs to a scope, such as {@code orgs/acme}, may run jobs of a repository. */
  static boolean covers(String scope, Repo repo) {
    return switch (scope) {
      case "admin" -> true;
      case "user" -> repo.owner().equals(FakeForge.OWNER);
      default -> scope.equals("orgs/" + repo.owner()) || scope.equals("repos/" + repo.fullName());
    };
  }
}
