package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.github.World.Job;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Scale sets, what their queues hold, and who listens. A message stays, whoever heard it, until it
 * is deleted. Used under the fake's lock.
 */
final class SetWorld {
  private static final int MOST_IN_MESSAGE = 50;
  private static final int MOST_LOSSES = 3;
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final World world;
  private final ReentrantLock lock;
  private final Condition news;
  private final InstantSource time;
  private final Map<Long, Set> sets = new LinkedHashMap<>();
  private boolean offers;
  private boolean holds;
  private boolean closed;
  private long made;

  SetWorld(World world, ReentrantLock lock, InstantSource time) {
    this.world = world;
    this.lock = lock;
    this.news = lock.newCondition();
    this.time = time;
  }

  ReentrantLock lock() {
    return lock;
  }

  World world() {
    return world;
  }

  Instant now() {
    return time.instant();
  }

  String fresh(String word) {
    return word + "-" + ++made;
  }

  boolean offers() {
    return offers;
  }

  /** Offers jobs to whoever acquires them, or gives them out itself. */
  void offer(boolean yes) {
    offers = yes;
  }

  /** Holds questions until there is something to say, or answers at once. */
  void hold(boolean yes) {
    holds = yes;
    news.signalAll();
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Set make(String scope, String name, long group, List<String> labels) {
    var set = new Set(world.nextId(), scope, name, group, List.copyOf(labels));
    sets.put(set.id, set);
    return set;
  }

  List<Set> all() {
    return List.copyOf(sets.values());
  }

  Optional<Set> find(String scope, String id) {
    return all().stream()
        .filter(set -> set.scope.equals(scope) && Long.toString(set.id).equals(id))
        .findFirst();
  }

  void remove(Set set) {
    sets.remove(set.id);
    world.jobs().stream().filter(job -> job.set == set.id).forEach(job -> job.set = 0);
    news.signalAll();
  }

  Job queued(Job job) {
    news.signalAll();
    return job;
  }

  void started(Job job) {
    of(job).ifPresent(set -> say(set, "JobStarted", job));
  }

  void ended(Job job) {
    of(job).ifPresent(set -> say(set, "JobCompleted", job));
    all().stream()
        .filter(set -> job.set == 0 && set.offered.contains(job.id))
        .forEach(set -> say(set, "JobCompleted", job));
  }

  /** A runner dies before it began; its job waits in the set again, or fails at last. */
  void lose(String name) {
    var runner =
        world.runners().stream().filter(one -> one.name.equals(name)).findFirst().orElseThrow();
    world.delete(runner);
    var job = runner.job;
    if (job == null) {
      return;
    }
    job.losses++;
    if (job.losses > MOST_LOSSES) {
      world.end(job, "failure");
      ended(job);
    } else {
      job.status = "queued";
      job.runner = "";
      job.runnerId = 0;
    }
  }

  /** Those of the jobs asked for that nobody has yet; they are the set's from now on. */
  List<Long> acquire(Set set, List<Long> requests) {
    var taken = new ArrayList<Long>();
    for (var job : waitingFor(set)) {
      if (requests.contains(request(job)) && set.offered.contains(job.id)) {
        assign(set, job);
        taken.add(request(job));
      }
    }
    return taken;
  }

  /**
   * The first message after one, waiting for it if questions are held; empty when there is none.
   */
  Optional<Message> poll(Set set, Session session, long after, int capacity) {
    var found = next(set, after, capacity);
    while (found.isEmpty() && holds && !closed && set.session == session) {
      news.awaitUninterruptibly();
      found = next(set, after, capacity);
    }
    return found;
  }

  void tellSomebodyElse(Set set) {
    give(set, Integer.MAX_VALUE);
    set.unsaid.clear();
    set.log.clear();
  }

  private Optional<Message> next(Set set, long after, int capacity) {
    give(set, capacity);
    if (!set.unsaid.isEmpty()) {
      var entries = new ArrayList<Map<String, Object>>();
      while (!set.unsaid.isEmpty() && entries.size() < MOST_IN_MESSAGE) {
        entries.add(set.unsaid.removeFirst());
      }
      set.log.put(++set.messages, new Message(set.messages, entries));
    }
    return set.log.tailMap(after, false).values().stream().findFirst();
  }

  private void give(Set set, int capacity) {
    var free = capacity - count(set, "queued") - count(set, "in_progress");
    for (var job : waitingFor(set)) {
      if (free-- <= 0) {
        return;
      }
      if (!offers) {
        assign(set, job);
      } else if (set.offered.add(job.id)) {
        say(set, "JobAvailable", job);
      }
    }
  }

  private void assign(Set set, Job job) {
    job.set = set.id;
    say(set, "JobAssigned", job);
  }

  private List<Job> waitingFor(Set set) {
    return world.jobs().stream()
        .filter(job -> job.set == 0 && job.status.equals("queued") && set.fits(job))
        .toList();
  }

  private int count(Set set, String status) {
    return (int)
        world.jobs().stream().filter(job -> job.set == set.id && job.status.equals(status)).count();
  }

  private Optional<Set> of(Job job) {
    return Optional.ofNullable(sets.get(job.set));
  }

  private void say(Set set, String type, Job job) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("messageType", type);
    entry.put("runnerRequestId", offers ? request(job) : 0);
    entry.put("repositoryName", job.run.repo.name());
    entry.put("ownerName", job.run.repo.owner());
    entry.put("jobId", jobId(job));
    entry.put("jobWorkflowRef", workflow(job));
    entry.put("jobDisplayName", "test");
    entry.put("workflowRunId", job.run.id);
    entry.put("eventName", job.run.fork ? "pull_request" : "push");
    entry.put("requestLabels", job.labels);
    entry.put("queueTime", type.equals("JobAvailable") ? job.createdAt.toString() : NEVER);
    entry.put("scaleSetAssignTime", job.set == 0 ? NEVER : job.createdAt.toString());
    entry.put("runnerAssignTime", job.runner.isEmpty() ? NEVER : job.startedAt.toString());
    entry.put("finishTime", type.equals("JobCompleted") ? job.completedAt.toString() : NEVER);
    if (type.equals("JobStarted") || type.equals("JobCompleted")) {
      entry.put("runnerId", job.runnerId);
      entry.put("runnerName", job.runner);
    }
    if (type.equals("JobCompleted")) {
      entry.put("result", result(job.conclusion));
    }
    set.unsaid.addLast(entry);
    news.signalAll();
  }

  /** The same in every run, and in every attempt of it. */
  private String jobId(Job job) {
    var words = job.run.repo.fullName() + " build.test." + world.place(job);
    return UUID.nameUUIDFromBytes(words.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static long request(Job job) {
    return job.id * 7;
  }

  private static String workflow(Job job) {
    var at = job.run.fork ? "refs/pull/1/merge" : "refs/heads/main";
    return job.run.repo.fullName() + "/.github/workflows/build.yml@" + at;
  }

  private static String result(String conclusion) {
    return switch (conclusion) {
      case "success" -> "succeeded";
      case "failure" -> "failed";
      case "cancelled" -> "canceled";
      default -> conclusion;
    };
  }

  Map<String, Object> statistics(Set set) {
    var runners = world.runners().stream().filter(runner -> runner.set == set.id).toList();
    var busy = runners.stream().filter(runner -> runner.job != null).count();
    var shape = new TreeMap<String, Object>();
    shape.put("totalAvailableJobs", waitingFor(set).size());
    shape.put("totalAcquiredJobs", 0);
    shape.put("totalAssignedJobs", count(set, "queued") + count(set, "in_progress"));
    shape.put("totalRunningJobs", count(set, "in_progress"));
    shape.put("totalRegisteredRunners", runners.size());
    shape.put("totalBusyRunners", busy);
    shape.put(
        "totalIdleRunners", runners.stream().filter(one -> one.online && one.job == null).count());
    return shape;
  }

  void endSession(Set set) {
    set.session = null;
    set.offered.clear();
    news.signalAll();
  }

  /** A message of several entries, said until it is deleted. */
  record Message(long id, List<Map<String, Object>> entries) {}

  /** Who listens; its token may be exchanged for another. */
  static final class Session {
    final String id;
    final String owner;
    String token;
    Instant until;

    Session(String id, String owner, String token, Instant until) {
      this.id = id;
      this.owner = owner;
      this.token = token;
      this.until = until;
    }
  }

  static final class Set {
    final long id;
    final String scope;
    final String name;
    final long group;
    final List<String> labels;
    final TreeMap<Long, Message> log = new TreeMap<>();
    final Deque<Map<String, Object>> unsaid = new ArrayDeque<>();
    final java.util.Set<Long> offered = new HashSet<>();
    long messages = 100_000_000;
    @Nullable Session session;

    Set(long id, String scope, String name, long group, List<String> labels) {
      this.id = id;
      this.scope = scope;
      this.name = name;
      this.group = group;
      this.labels = labels;
    }

    boolean fits(Job job) {
      var mine = labels.stream().map(label -> label.toLowerCase(Locale.ROOT)).toList();
      var where = job.run.repo;
      return (scope.equals("/orgs/" + where.owner()) || scope.equals("/repos/" + where.fullName()))
          && !job.labels.isEmpty()
          && job.labels.stream().allMatch(label -> mine.contains(label.toLowerCase(Locale.ROOT)));
    }
  }
}
