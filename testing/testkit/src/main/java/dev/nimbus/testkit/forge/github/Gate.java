package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.Observed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** What every call passes: faults, who calls, limits, permissions; and what every answer gets. */
final class Gate {
  private static final List<Fault> AT_THE_DOOR = List.of(Fault.REVOKED, Fault.FAILS, Fault.LIMITS);

  private static final String UNICORN = "<html>Unicorn!</html>";

  private final Routes routes;
  private final Access access;
  private final Limits limits;
  private final InstantSource time;
  private final ReentrantLock lock;
  private final Server server;
  private final SplittableRandom chance;
  private final int failing;
  private final Set<Fault> faults = new CopyOnWriteArraySet<>();
  private final List<Consumer<Observed>> observers = new CopyOnWriteArrayList<>();

  Gate(
      Routes routes,
      Access access,
      Limits limits,
      InstantSource time,
      ReentrantLock lock,
      Server server,
      Mischief mischief) {
    this.routes = routes;
    this.access = access;
    this.limits = limits;
    this.time = time;
    this.lock = lock;
    this.server = server;
    this.chance = new SplittableRandom(mischief.seed());
    this.failing = mischief.failing();
  }

  Set<Fault> faults() {
    return faults;
  }

  void observe(Consumer<Observed> observer) {
    observers.add(observer);
  }

  /** What the Apps are allowed now. */
  Map<String, String> granted() {
    return faults.contains(Fault.FORBIDS) ? Map.of("metadata", "read") : Access.GRANTED;
  }

  Answer answer(Server.Call call) {
    var answer = faulty(call);
    var observed = observed(call, answer);
    observers.forEach(observer -> observer.accept(observed));
    return answer;
  }

  private Answer faulty(Server.Call call) {
    for (var fault : AT_THE_DOOR) {
      if (faults.contains(fault)) {
        return switch (fault) {
          case REVOKED -> Answer.problem(401, "Bad credentials");
          case LIMITS ->
              Answer.problem(403, "You have exceeded a secondary rate limit.")
                  .with(Map.of("Retry-After", "60"));
          default -> Answer.of(502, UNICORN);
        };
      }
    }
    if (chance.nextInt(100) < failing) {
      return unlucky(call);
    }
    var answer = known(call);
    return call.change() && faults.contains(Fault.LOSES_ANSWERS) && answer.status() < 300
        ? Answer.of(502, UNICORN)
        : answer;
  }

  /** Fails before or after it did as asked, or asks to come back. */
  private Answer unlucky(Server.Call call) {
    return switch (chance.nextInt(3)) {
      case 0 -> Answer.of(502, UNICORN);
      case 1 -> {
        var done = known(call);
        yield Answer.of(503, UNICORN + done.status());
      }
      default ->
          Answer.problem(429, "You have exceeded a rate limit.")
              .with(Map.of("Retry-After", Integer.toString(1 + chance.nextInt(5))));
    };
  }

  private Answer known(Server.Call call) {
    var caller = access.caller(call.header("authorization"));
    if (caller.isEmpty()) {
      return Answer.problem(401, "Bad credentials");
    }
    var who = caller.get().name();
    var broken = limits.arrives(who, call.change(), time.instant());
    try {
      var answer =
          broken
              .map(limit -> Answer.problem(429, "You have exceeded a rate limit: " + limit))
              .map(problem -> problem.with(Map.of("Retry-After", "60")))
              .orElseGet(() -> allowed(call, caller.get()));
      var tagged = call.change() ? answer : tagged(call, answer);
      limits.leaves(who, call.change(), tagged.status() == 304);
      return tagged.with(limits.headers(who));
    } catch (RuntimeException e) {
      limits.leaves(who, call.change(), false);
      return Answer.problem(400, "Problems parsing the call: " + e.getMessage());
    }
  }

  private Answer allowed(Server.Call call, Access.Caller caller) {
    var found = routes.find(call.method(), call.path());
    if (found.isEmpty()) {
      return Answer.problem(404, "Not Found");
    }
    if (!found.get().route().open(caller, granted())) {
      return Answer.problem(403, "Resource not accessible by integration");
    }
    var asked =
        new Asked(
            server.base(), call.path(), call.query(), found.get().words(), call.body(), caller);
    lock.lock();
    try {
      return found.get().route().handler().answer(asked);
    } finally {
      lock.unlock();
    }
  }

  private static Answer tagged(Server.Call call, Answer answer) {
    if (answer.status() != 200) {
      return answer;
    }
    var tag = Map.of("ETag", "W/\"" + hash(Server.bytes(answer.body())) + "\"");
    return call.header("if-none-match").equals(tag.get("ETag"))
        ? Answer.empty(304).with(tag)
        : answer.with(tag);
  }

  static Observed observed(Server.Call call, Answer answer) {
    return new Observed(
        call.method(),
        call.path(),
        call.query(),
        call.headers(),
        new String(call.body(), StandardCharsets.UTF_8),
        answer.status(),
        answer.headers(),
        new String(Server.bytes(answer.body()), StandardCharsets.UTF_8));
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no SHA-256", e);
    }
  }
}
