package dev.nimbus.testkit.storage;

import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.storage.ForgeStore.Moved;
import dev.nimbus.core.storage.ForgeStore.Queued;
import dev.nimbus.core.storage.ForgeStore.Source;
import dev.nimbus.core.storage.JobStore.Retry;
import dev.nimbus.core.storage.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Two forges, their jobs and our hosts, all acting at random, and what may be expected of a storage
 * that hears of it.
 */
final class ForgeWorld {
  /** How a runner ends that found no job. */
  static final int IN_VAIN = 3;

  private static final int JOBS = 24;

  private final Random random;
  private final List<JobId> ours = new ArrayList<>();
  private final Set<JobId> excused = new HashSet<>();
  private final Set<Integer> unfinished = new HashSet<>();
  private final Map<Integer, String> runners = new HashMap<>();
  private final List<Lease> leases = new ArrayList<>();
  private int deliveries;
  private Instant now = StorageContract.NOON;
  private Consumer<Object> listener = answer -> {};

  ForgeWorld(long seed) {
    this.random = new Random(seed);
  }

  Instant now() {
    return now;
  }

  /** Every job of ours there ever was. */
  List<JobId> ours() {
    return List.copyOf(ours);
  }

  /** Whether it is known that a job of ours has nothing to serve, or soon will be over. */
  boolean excused(JobId job) {
    return excused.contains(job);
  }

  /** How many jobs of forges were heard of and not of their end. */
  int unfinished() {
    return unfinished.size();
  }

  /** A new job of ours, of one of a few kinds. */
  NewJob serving(int kind) {
    var id = "s-" + ours.size();
    ours.add(new JobId(id));
    var job = NewJobs.of(StorageContract.ACME, id).repository("acme/r" + kind % 2);
    return (kind % 3 == 0 ? job.labels("gpu", "linux") : job.labels("linux")).build();
  }

  /** What happens next. */
  Action next(int step) {
    now = StorageContract.NOON.plusSeconds(step);
    listener = answer -> {};
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> queued();
      case 5, 6, 7 -> started();
      case 8, 9 -> finished();
      case 10, 11, 12 -> granted();
      case 13, 14 -> ended();
      case 15 -> on -> on.leases().expire(2, 3, StorageContract.NOON.plusSeconds(step - 25L));
      case 16 -> called();
      case 17 -> retried();
      case 18 -> registered();
      default -> kept(step);
    };
  }

  /** Takes notice of an answer that both storages gave. */
  void heard(Object answer) {
    listener.accept(answer);
  }

  private Action queued() {
    var forgeJob = random.nextInt(JOBS);
    var source = source(forgeJob);
    var serving = serving(forgeJob);
    var admission = random.nextInt(7) == 0 ? ForgeContract.DENIED : ForgeContract.OPEN;
    listener =
        answer -> {
          if (answer instanceof Queued.Admitted || answer instanceof Queued.Rejected) {
            unfinished.add(forgeJob);
          }
        };
    return queued(source, forgeJob, serving, admission);
  }

  private Action queued(Source source, int forgeJob, NewJob serving, Admission admission) {
    var job = ForgeContract.forgeJob(ForgeContract.key("" + forgeJob), forgeJob);
    return on -> on.forges().queued(source, job, serving, admission, now);
  }

  private Action started() {
    var forgeJob = random.nextInt(JOBS);
    var source = source(forgeJob);
    var runner = runner(forgeJob);
    listener =
        answer -> {
          if (answer instanceof Moved.Forward forward) {
            unfinished.add(forgeJob);
            forward.spare().ifPresent(excused::add);
            forward.serving().ifPresent(excused::remove);
          } else if (answer instanceof Moved.Unheard) {
            unfinished.add(forgeJob);
          }
        };
    return on -> on.forges().started(source, ForgeContract.key("" + forgeJob), runner, now);
  }

  private Action finished() {
    var forgeJob = random.nextInt(JOBS);
    var source = source(forgeJob);
    var runner = runner(forgeJob);
    listener =
        answer -> {
          if (answer instanceof Moved.Forward forward) {
            unfinished.remove(forgeJob);
            forward.spare().ifPresent(excused::add);
            forward.serving().ifPresent(excused::add);
          } else if (answer instanceof Moved.Unheard) {
            unfinished.remove(forgeJob);
            RunnerName.sandboxOf(runner).map(SandboxId::job).ifPresent(excused::add);
          }
        };
    return on ->
        on.forges().finished(source, ForgeContract.key("" + forgeJob), runner, "done", now);
  }

  /** Mostly said once, sometimes said again, sometimes asked for. */
  private Source source(int forgeJob) {
    var connection = forgeJob % 4 == 0 ? ForgeContract.LAB : ForgeContract.HUB;
    return switch (random.nextInt(6)) {
      case 0, 1 -> Source.asked(StorageContract.ACME, connection);
      case 2 -> source(connection, random.nextInt(1 + deliveries));
      default -> source(connection, ++deliveries);
    };
  }

  private static Source source(ConnectionId connection, int delivery) {
    return new Source(StorageContract.ACME, connection, "d-" + delivery);
  }

  /** Mostly one runner for each job, of ours or not; forges also say nothing, or another one. */
  private String runner(int forgeJob) {
    if (random.nextInt(8) == 0) {
      return "";
    }
    if (random.nextInt(8) == 0) {
      runners.remove(forgeJob);
    }
    return runners.computeIfAbsent(forgeJob, any -> runner());
  }

  private String runner() {
    return leases.isEmpty() || random.nextInt(4) == 0
        ? ForgeContract.STRANGER
        : ForgeContract.runner(lease());
  }

  /** One of the last leases, over or not. */
  private Lease lease() {
    var from = Math.max(0, leases.size() - 12);
    return leases.get(from + random.nextInt(leases.size() - from));
  }

  private Action granted() {
    var offer =
        StorageContract.offer(
            new HostId("host-" + random.nextInt(3)), 1 + random.nextInt(3), "gpu", "linux");
    listener =
        answer -> {
          if (answer instanceof List<?> granted) {
            granted.forEach(lease -> leases.add((Lease) lease));
          }
        };
    return on -> on.leases().grant(offer, StorageContract.TTL, now);
  }

  private Action ended() {
    if (leases.isEmpty()) {
      return granted();
    }
    var lease = lease();
    var id = lease.job().id();
    var how = random.nextInt(5);
    return switch (how) {
      case 0 ->
          on ->
              on.leases()
                  .giveBack(lease.host(), id, lease.fence(), new GivingBack.Unrun("no"), now);
      case 1 ->
          on ->
              on.leases()
                  .giveBack(lease.host(), id, lease.fence(), new GivingBack.Failed("no", 2), now);
      case 2 ->
          on ->
              on.leases()
                  .started(lease.host(), id, lease.fence(), StorageContract.TTL, now)
                  .getClass();
      default -> {
        var outcome = Outcome.exited(how == 3 ? 0 : IN_VAIN);
        yield on -> on.leases().finish(lease.host(), id, lease.fence(), outcome, now);
      }
    };
  }

  private Action called() {
    var id = anyOfOurs();
    return switch (random.nextInt(4)) {
      case 0 -> this::told;
      case 1 ->
          on ->
              on.jobs()
                  .find(StorageContract.ACME, id)
                  .map(seen -> on.jobs().giveUp(seen, "nobody came", now));
      default -> on -> on.jobs().cancel(StorageContract.ACME, id, "alice", now);
    };
  }

  private Object told(Storage on) {
    var untold = on.forges().untold(StorageContract.ACME, ForgeContract.HUB, 1);
    untold.forEach(what -> on.forges().told(StorageContract.ACME, ForgeContract.HUB, what));
    return untold;
  }

  private Action retried() {
    var id = anyOfOurs();
    listener =
        answer -> {
          if (answer instanceof Retry.Queued) {
            excused.add(id);
          }
        };
    return on -> on.jobs().retry(StorageContract.ACME, id, now);
  }

  private Action registered() {
    if (leases.isEmpty()) {
      return granted();
    }
    var lease = lease();
    var sandbox = new SandboxId(lease.job().id(), lease.fence());
    var retire = random.nextBoolean();
    return on -> {
      if (retire) {
        on.forges().retired(StorageContract.ACME, ForgeContract.HUB, RunnerName.of(sandbox));
      } else {
        var repository = lease.job().repository();
        on.forges().registering(StorageContract.ACME, ForgeContract.HUB, sandbox, repository, now);
      }
      return retire;
    };
  }

  private Action kept(int step) {
    var before = StorageContract.NOON.plusSeconds(step - 40L);
    var most = 3 + random.nextInt(20);
    return switch (random.nextInt(3)) {
      case 0 -> on -> on.forges().forgetDeliveries(before, 1_000);
      case 1 -> on -> on.jobs().forget(before, 1_000);
      default ->
          on -> {
            on.orgs().limit(StorageContract.ACME, new OrgLimits(100, 100, most));
            return most;
          };
    };
  }

  private JobId anyOfOurs() {
    return ours.isEmpty() ? new JobId("s-0") : ours.get(random.nextInt(ours.size()));
  }

  /** One step, to be done to any storage. */
  @FunctionalInterface
  interface Action {
    Object run(Storage on);
  }
}
