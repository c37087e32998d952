package dev.nimbus.testkit.forge.kin;

import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Routes;
import java.util.Set;

/** Lets calls in that may come in, and does to them what is going wrong. */
final class Guard {
  static final String TOKEN = "d0f7c1e2a9b84c6fa31e57b0c4d29e8f1a6b3c75";
  private static final String API = "/api/v1/";

  private final Routes routes;

  Guard(Routes routes) {
    this.routes = routes;
  }

  Answer answer(Call call, Set<Fault> faults) {
    if (faults.contains(Fault.FAILS)) {
      return Answers.problem(500, "database is locked");
    }
    if (faults.contains(Fault.LIMITS)) {
      return Answers.problem(429, "Too Many Requests").with("Retry-After", 60);
    }
    if (call.path().startsWith(API) && !call.path().equals(API + "version")) {
      if (faults.contains(Fault.REVOKED) || !known(call.header("authorization"))) {
        return Answers.problem(401, "invalid username, password or token");
      }
      if (faults.contains(Fault.FORBIDS)) {
        return Answers.problem(403, "token does not have at least one of required scope(s)");
      }
    }
    var answer = routes.answer(call).orElseGet(Answers::unknown);
    return faults.contains(Fault.LOSES_ANSWERS) && call.change()
        ? Answers.problem(502, "Bad Gateway")
        : answer;
  }

  private static boolean known(String authorization) {
    return authorization.equals("token " + TOKEN) || authorization.equals("Bearer " + TOKEN);
  }
}
