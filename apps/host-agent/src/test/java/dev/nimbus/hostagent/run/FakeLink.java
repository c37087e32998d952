package dev.nimbus.hostagent.run;

import dev.nimbus.api.host.RegisterHost;
import dev.nimbus.api.host.RegisterReply;
import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.api.lease.LeaseReply;
import dev.nimbus.api.lease.LeaseRequest;
import dev.nimbus.api.lease.RenewReply;
import dev.nimbus.api.lease.RunnerReply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.hostagent.ship.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A control plane in memory: grants what a test queues, and is away or forgetful when told. */
public final class FakeLink implements ControlPlaneLink {
  static final Duration TTL = Duration.ofSeconds(30);
  static final String CACHE_TOKEN = "a-token-for-the-cache";
  private static final long PATIENCE_SECONDS = 15;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Grant> waiting = new ArrayDeque<>();
  private final ArrayDeque<Supplier<RunnerReply>> runners = new ArrayDeque<>();
  private final List<SandboxId> runnersAsked = new ArrayList<>();
  private final List<String> cancels = new ArrayList<>();
  private final List<RegisterHost> registrations = new ArrayList<>();
  private final List<LeaseRequest> polls = new ArrayList<>();
  private final List<SandboxId> started = new ArrayList<>();
  private final List<SandboxId> renewed = new ArrayList<>();
  private final Map<String, List<FinishRequest>> finishes = new TreeMap<>();
  private final Set<SandboxId> notOurs = new HashSet<>();
  private final List<String> drop = new ArrayList<>();
  private final Pace pace;
  private boolean away;
  private boolean finishAnswersLost;
  private boolean registered;

  public FakeLink(Pace pace) {
    this.pace = pace;
  }

  public static Grant grant(String job, long fence) {
    return grant(job, fence, 1_000, 256L << 20, Duration.ofMinutes(10));
  }

  public static Grant grant(String job, long fence, int milliCpus, long memory, Duration timeout) {
    return new Grant(
        "default",
        job,
        "acme/shop",
        fence,
        TTL.toMillis(),
        Instant.EPOCH.plus(TTL),
        List.of("hang"),
        null,
        Map.of("A", "b"),
        "host",
        milliCpus,
        memory,
        timeout.toMillis(),
        "host",
        "token",
        CACHE_TOKEN,
        new Grant.Services("http://logs", "http://cache"));
  }

  /** A job that is the runner of a forge. */
  public static Grant runner(String job, long fence, String forge, String tool) {
    var any = grant(job, fence);
    return new Grant(
        any.org(),
        any.job(),
        any.repository(),
        any.fence(),
        any.ttlMs(),
        any.until(),
        List.of(tool),
        forge,
        any.env(),
        any.image(),
        any.milliCpus(),
        any.memoryBytes(),
        any.timeoutMs(),
        any.network(),
        any.jobToken(),
        any.cacheToken(),
        any.services());
  }

  /** A waiting job. */
  public void queue(Grant grant) {
    change(() -> waiting.add(grant));
  }

  public void cancel(String job) {
    change(() -> cancels.add(job));
  }

  public void away(boolean now) {
    change(() -> away = now);
  }

  public void take(SandboxId id) {
    change(() -> notOurs.add(id));
  }

  public void drop(SandboxId id) {
    change(() -> drop.add(id.name()));
  }

  /** Every host must register again. */
  public void forgetHosts() {
    change(() -> registered = false);
  }

  public void loseFinishAnswers(boolean now) {
    change(() -> finishAnswersLost = now);
  }

  @Override
  public RegisterReply register(RegisterHost host) {
    return answer(
        () -> {
          registrations.add(host);
          registered = true;
          return new RegisterReply("default", TTL.toMillis(), drop);
        });
  }

  @Override
  public LeaseReply poll(LeaseRequest request) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      checkRegistered();
      polls.add(request);
      var mine = polls.size();
      changed.signalAll();
      var until = pace.now().plusMillis(request.waitMs());
      while (mine == polls.size() && nothing(request) && pace.now().compareTo(until) < 0) {
        pace.await(lock, changed, until);
      }
      checkRegistered();
      return answer(request);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public RenewReply started(SandboxId id) {
    return answer(
        () -> {
          checkOurs(id);
          started.add(id);
          return renewal();
        });
  }

  @Override
  public RenewReply renew(SandboxId id) {
    return answer(
        () -> {
          checkOurs(id);
          renewed.add(id);
          return renewal();
        });
  }

  @Override
  public void finish(SandboxId id, FinishRequest request) {
    answer(
        () -> {
          checkOurs(id);
          finishes.computeIfAbsent(id.name(), _ -> new ArrayList<>()).add(request);
          if (finishAnswersLost) {
            throw new NimbusException(Kind.UNAVAILABLE, "The answer was lost");
          }
          return true;
        });
  }

  /** The next question for a runner is answered, or refused, like this. */
  public void answerRunner(Supplier<RunnerReply> answer) {
    change(() -> runners.add(answer));
  }

  @Override
  public RunnerReply runner(SandboxId id) {
    return answer(
        () -> {
          checkOurs(id);
          runnersAsked.add(id);
          var next = runners.poll();
          if (next == null) {
            throw new NimbusException(Kind.UNAVAILABLE, "The forge does not answer");
          }
          return next.get();
        });
  }

  /** Every question for a runner. */
  public List<SandboxId> runnersAsked() {
    return answerAnyway(() -> List.copyOf(runnersAsked));
  }

  @Override
  public String logToken(SandboxId id) {
    return answer(() -> "token");
  }

  /** Every end told of this sandbox, repetitions included. */
  public List<FinishRequest> finishes(SandboxId id) {
    return answerAnyway(() -> List.copyOf(finishes.getOrDefault(id.name(), List.of())));
  }

  public List<SandboxId> started() {
    return answerAnyway(() -> List.copyOf(started));
  }

  public List<SandboxId> renewed() {
    return answerAnyway(() -> List.copyOf(renewed));
  }

  public boolean anyWaiting() {
    return answerAnyway(() -> !waiting.isEmpty());
  }

  /** Whether the newest question leaves the next waiting job waiting. */
  public boolean cannotGrant() {
    return answerAnyway(() -> !polls.isEmpty() && !grantable(polls.getLast()));
  }

  /** How often the lease of this sandbox was kept. */
  public long kept(SandboxId id) {
    return answerAnyway(
        () ->
            started.stream().filter(id::equals).count()
                + renewed.stream().filter(id::equals).count());
  }

  public List<LeaseRequest> polls() {
    return answerAnyway(() -> List.copyOf(polls));
  }

  public List<RegisterHost> registrations() {
    return answerAnyway(() -> List.copyOf(registrations));
  }

  /** Waits for something that a call brings about. */
  public void await(BooleanSupplier wanted) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      for (var turn = 0; !wanted.getAsBoolean(); turn++) {
        if (turn > PATIENCE_SECONDS * 200) {
          throw new AssertionError("Nothing more happens");
        }
        var _ = changed.await(5, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean nothing(LeaseRequest request) {
    return !away && registered && cancels.isEmpty() && !grantable(request);
  }

  private boolean grantable(LeaseRequest request) {
    var next = waiting.peek();
    return next != null
        && request.slots() > 0
        && next.milliCpus() <= request.freeMilliCpus()
        && next.memoryBytes() <= request.freeMemoryBytes();
  }

  private LeaseReply answer(LeaseRequest request) {
    var grants = grantable(request) ? List.of(waiting.remove()) : List.<Grant>of();
    var reply = new LeaseReply(grants, List.copyOf(cancels));
    cancels.clear();
    return reply;
  }

  private static RenewReply renewal() {
    return new RenewReply(Instant.EPOCH, TTL.toMillis(), false, null);
  }

  private void check() {
    if (away) {
      throw new NimbusException(Kind.UNAVAILABLE, "The control plane is away");
    }
  }

  private void checkRegistered() {
    check();
    if (!registered) {
      throw new NimbusException(Kind.CONFLICT, "not-registered", "Register first");
    }
  }

  private void checkOurs(SandboxId id) {
    if (notOurs.contains(id)) {
      throw new NimbusException(Kind.CONFLICT, "stale-fence", "The fence is newer now");
    }
  }

  private interface Call<T> {
    T run();
  }

  private <T> T answer(Call<T> call) {
    return answerAnyway(
        () -> {
          check();
          return call.run();
        });
  }

  private <T> T answerAnyway(Call<T> call) {
    lock.lock();
    try {
      changed.signalAll();
      return call.run();
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable step) {
    answerAnyway(
        () -> {
          step.run();
          return true;
        });
  }
}
