package dev.nimbus.testkit.forge.gitlab;

import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Routes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Lets calls in that may come in, as many as may, and does to them what is going wrong. */
final class Guard {
  static final String TOKEN = "glpat-d0f7c1e2a9b84c6fa31e57";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** What runners call with a token of their own. */
  private static final Pattern OF_RUNNERS = Pattern.compile("/api/v4/jobs/.*");

  /** What a token of any scope may ask. */
  private static final Set<String> FOR_ALL =
      Set.of("/api/v4/version", "/api/v4/personal_access_tokens/self");

  private final Routes routes;
  private final InstantSource time;
  private final int perMinute;
  private Instant window;
  private int observed;
  private int refused;

  Guard(Routes routes, InstantSource time, int perMinute) {
    this.routes = routes;
    this.time = time;
    this.perMinute = perMinute;
    this.window = time.instant();
  }

  Answer answer(Call call, Set<Fault> faults) {
    return OF_RUNNERS.matcher(call.path()).matches() ? away(call, faults) : counted(call, faults);
  }

  /** How many calls were above the limit; asked under the lock. */
  int refused() {
    return refused;
  }

  private Answer counted(Call call, Set<Fault> faults) {
    if (!window.plus(MINUTE).isAfter(time.instant())) {
      window = time.instant();
      observed = 0;
    }
    observed++;
    refused += observed > perMinute ? 1 : 0;
    var answer =
        observed > perMinute || faults.contains(Fault.LIMITS)
            ? Answer.of(429, Map.of("message", "Retry later")).with("Retry-After", 60)
            : away(call, faults);
    return answer
        .with("RateLimit-Name", "throttle_authenticated_api")
        .with("RateLimit-Limit", perMinute)
        .with("RateLimit-Observed", observed)
        .with("RateLimit-Remaining", Math.max(0, perMinute - observed))
        .with("RateLimit-Reset", window.plus(MINUTE).getEpochSecond());
  }

  private Answer away(Call call, Set<Fault> faults) {
    if (faults.contains(Fault.FAILS)) {
      return Answer.of(500, Map.of("message", "500 Internal Server Error"));
    }
    return OF_RUNNERS.matcher(call.path()).matches() ? routed(call) : allowed(call, faults);
  }

  private Answer allowed(Call call, Set<Fault> faults) {
    if (faults.contains(Fault.REVOKED) || !call.header("private-token").equals(TOKEN)) {
      return Answer.of(401, Map.of("message", "401 Unauthorized"));
    }
    if (faults.contains(Fault.FORBIDS) && !FOR_ALL.contains(call.path())) {
      return Answer.of(
          403,
          Map.of(
              "error", "insufficient_scope",
              "error_description", "The request requires higher privileges than provided.",
              "scope", "api"));
    }
    var answer = routed(call);
    return faults.contains(Fault.LOSES_ANSWERS) && call.change()
        ? Answer.of(502, Map.of("message", "502 Bad Gateway"))
        : answer;
  }

  private Answer routed(Call call) {
    return routes.answer(call).orElseGet(Calls::unknown);
  }
}
