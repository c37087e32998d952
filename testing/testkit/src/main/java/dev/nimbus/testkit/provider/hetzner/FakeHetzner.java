package dev.nimbus.testkit.provider.hetzner;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Routes;
import dev.nimbus.testkit.forge.http.Server;
import dev.nimbus.testkit.provider.ProviderFaults;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One project of Hetzner Cloud with its interface, as documented in 2026: no data centers, types by
 * location, rebuilding with user data. What is begun stays so until it {@linkplain #settle settles}
 * or somebody waits for it. It has the types {@code cpx22}, {@code cax11} (Arm), {@code cpx62}
 * (sold out) and {@code cx11} (being withdrawn).
 */
public final class FakeHetzner implements ProviderFaults, AutoCloseable {
  /** May do everything. */
  public static final String TOKEN =
      "LRK9DAWQ1ZAEFSrCNEEzLCUwhYX1U3g7wMg4dTlkkDC96fyDuyJ39nVbVjCKSDfj";

  /** May only look. */
  public static final String READING_TOKEN =
      "jhOxIXBAZpvWf2gVbCknAz2fBR5hwBPDaRKjdGqVJrQZz0U9hZQZBvT6sBqPNwIR";

  /** A key of the project's. */
  public static final String SSH_KEY = World.SSH_KEY;

  public static final long NETWORK = World.NETWORK;
  public static final long FIREWALL = World.FIREWALL;

  private static final int PER_HOUR = 3_600;

  private final ReentrantLock lock = new ReentrantLock();
  private final Server server = Server.listen();
  private final Routes routes = new Routes();
  private final World world;
  private final List<Observed> asked = new CopyOnWriteArrayList<>();
  private final Deque<Said> refusals = new ArrayDeque<>();
  private final Deque<Runnable> between = new ArrayDeque<>();
  private boolean answerLost;
  private boolean listedLate;
  private boolean namedLate;
  private int remaining = PER_HOUR;

  private FakeHetzner(InstantSource time) {
    this.world = new World(time);
    new ServerCalls(world).addTo(routes);
    OfferCalls.addTo(routes);
  }

  /** Listens, with an empty project. */
  public static FakeHetzner start(InstantSource time) {
    var fake = new FakeHetzner(time);
    fake.server.observe(fake.asked::add);
    fake.server.start(fake::answer);
    return fake;
  }

  /** Where its interface is. */
  public URI url() {
    return server.url().resolve("/v1");
  }

  /** Tells of every call and its answer. */
  public void observe(Consumer<Observed> observer) {
    server.observe(observer);
  }

  /** Everything asked for so far. */
  public List<Observed> asked() {
    return List.copyOf(asked);
  }

  /** What was asked for of one kind, with the path as sent. */
  public List<Observed> asked(String method, String path) {
    return asked.stream()
        .filter(one -> one.method().equals(method) && one.path().equals(path))
        .toList();
  }

  /** The next change is refused so. */
  public void refuse(int status, String code, String message) {
    locked(() -> refusals.add(new Said(status, code, message)));
  }

  @Override
  public void runOut() {
    refuse(412, "resource_unavailable", "we are unable to provision servers in this location");
  }

  @Override
  public void reachQuota() {
    refuse(403, "resource_limit_exceeded", "server limit reached");
  }

  @Override
  public void throttle(Duration again) {
    locked(
        () -> {
          remaining = 0;
          return refusals.add(
              new Said(429, "rate_limit_exceeded", "limit of 3600 requests reached"));
        });
  }

  @Override
  public void loseAnswer() {
    locked(() -> answerLost = true);
  }

  @Override
  public void listLate() {
    locked(() -> listedLate = true);
  }

  /** What is made next is not found by its name either until it settles. */
  public void nameLate() {
    locked(() -> namedLate = true);
  }

  /** What is begun next has failed when that is answered. */
  public void failAtOnce(String code) {
    locked(
        () -> {
          world.failNext(code, true);
          return true;
        });
  }

  /** What is begun next is under way when that is answered, and fails. */
  public void failLater(String code) {
    locked(
        () -> {
          world.failNext(code, false);
          return true;
        });
  }

  /** How many calls are left, from now on. */
  public void leave(int calls) {
    locked(() -> remaining = calls);
  }

  /** Happens before the next call is answered; one for each call. */
  public void beforeNextCall(Runnable happening) {
    locked(() -> between.add(happening));
  }

  /** What was begun is over, and what was hidden is seen. */
  public void settle() {
    locked(
        () -> {
          world.settle();
          return true;
        });
  }

  /** The only server there is. */
  public Seen only() {
    return locked(
        () -> {
          if (world.machines.size() != 1) {
            throw new AssertionError("There is not one server, but " + world.machines.keySet());
          }
          return seen(world.machines.firstEntry().getValue());
        });
  }

  /** Somebody who also uses the project changes a server's name and labels. */
  public void relabel(long id, String name, Map<String, String> labels) {
    locked(
        () -> {
          world.machine(id).name = name;
          world.machine(id).labels = Map.copyOf(labels);
          return true;
        });
  }

  /** Somebody who also uses the project ends a server. */
  public void lose(long id) {
    locked(() -> world.machines.remove(id));
  }

  /** A server is switched off, by itself or by somebody. */
  public void switchOff(long id) {
    locked(() -> world.machine(id).status = "off");
  }

  @Override
  public void close() {
    server.close();
  }

  /**
   * A server, as the test may look at it.
   *
   * @param builds how often its disk was written
   */
  public record Seen(
      long id,
      String name,
      Map<String, String> labels,
      String image,
      String userData,
      int builds) {}

  private static Seen seen(Machine machine) {
    return new Seen(
        machine.id,
        machine.name,
        Map.copyOf(machine.labels),
        Long.toString(machine.image.id()),
        machine.userData,
        machine.builds);
  }

  private Answer answer(Call call) {
    locked(() -> Optional.ofNullable(between.poll())).ifPresent(Runnable::run);
    return locked(
        () -> {
          var answer = limited(guarded(call));
          if (call.change() && answerLost) {
            answerLost = false;
            return Answer.none();
          }
          return answer;
        });
  }

  private Answer limited(Answer answer) {
    remaining = Math.max(0, remaining - 1);
    return answer
        .with("RateLimit-Limit", PER_HOUR)
        .with("RateLimit-Remaining", remaining)
        .with("RateLimit-Reset", world.now().getEpochSecond() + PER_HOUR - remaining);
  }

  private Answer guarded(Call call) {
    try {
      checkToken(call);
      var refusal = call.change() ? refusals.poll() : null;
      if (refusal != null) {
        throw refusal;
      }
      return afterwards(call);
    } catch (Said said) {
      return said.answer();
    } catch (NimbusException e) {
      return new Said(400, "invalid_input", String.valueOf(e.getMessage())).answer();
    }
  }

  private void checkToken(Call call) {
    var given = call.header("authorization");
    if (given.equals("Bearer " + READING_TOKEN) && call.change()) {
      throw new Said(403, "token_readonly", "the token is only allowed to perform GET requests");
    }
    if (!given.equals("Bearer " + TOKEN) && !given.equals("Bearer " + READING_TOKEN)) {
      throw new Said(401, "unauthorized", "unable to authenticate");
    }
  }

  /** Answers, with what goes wrong about what was made. */
  private Answer afterwards(Call call) {
    if (!call.method().equals("POST") || !call.path().equals("/v1/servers")) {
      return routed(call);
    }
    var answer = routed(call);
    var made = world.machines.lastEntry().getValue();
    if (listedLate) {
      listedLate = false;
      world.unlisted.add(made.id);
    }
    if (namedLate) {
      namedLate = false;
      world.unnamed.add(made.id);
    }
    return answer;
  }

  private Answer routed(Call call) {
    return routes.answer(call).orElseThrow(() -> Said.notFound("resource"));
  }

  private <T> T locked(Supplier<T> happening) {
    lock.lock();
    try {
      return happening.get();
    } finally {
      lock.unlock();
    }
  }
}
