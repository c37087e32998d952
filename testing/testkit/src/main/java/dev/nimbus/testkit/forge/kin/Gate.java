package dev.nimbus.testkit.forge.kin;

import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Routes;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets calls in one after another, when they may, and does to them what is going wrong. */
final class Gate {
  static final String TOKEN = "d0f7c1e2a9b84c6fa31e57b0c4d29e8f1a6b3c75";
  private static final String API = "/api/v1/";

  private final Routes routes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Fault> faults = EnumSet.noneOf(Fault.class);

  Gate(Routes routes) {
    this.routes = routes;
  }

  Answer answer(Call call) {
    return locked(() -> answered(call));
  }

  <T> T locked(Supplier<T> happening) {
    lock.lock();
    try {
      return happening.get();
    } finally {
      lock.unlock();
    }
  }

  void suffer(Fault fault) {
    locked(() -> faults.add(fault));
  }

  void recover() {
    locked(
        () -> {
          faults.clear();
          return true;
        });
  }

  /** Asked under the lock. */
  boolean suffers(Fault fault) {
    return faults.contains(fault);
  }

  private Answer answered(Call call) {
    if (suffers(Fault.FAILS)) {
      return Answers.problem(500, "database is locked");
    }
    if (suffers(Fault.LIMITS)) {
      return Answers.problem(429, "Too Many Requests").with("Retry-After", 60);
    }
    if (call.path().startsWith(API) && !call.path().equals(API + "version")) {
      if (suffers(Fault.REVOKED) || !known(call.header("authorization"))) {
        return Answers.problem(401, "invalid username, password or token");
      }
      if (suffers(Fault.FORBIDS)) {
        return Answers.problem(403, "token does not have at least one of required scope(s)");
      }
    }
    var answer = routes.answer(call).orElseGet(Answers::unknown);
    return suffers(Fault.LOSES_ANSWERS) && call.change()
        ? Answers.problem(502, "Bad Gateway")
        : answer;
  }

  private static boolean known(String authorization) {
    return authorization.equals("token " + TOKEN) || authorization.equals("Bearer " + TOKEN);
  }
}
