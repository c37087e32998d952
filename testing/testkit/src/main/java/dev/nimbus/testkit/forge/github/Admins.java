package dev.nimbus.testkit.forge.github;

import dev.nimbus.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who registered, and may change the scale sets of an organization or a repository for a while.
 * Used under the fake's lock.
 */
final class Admins {
  private static final Duration LIFE = Duration.ofMinutes(15);

  private final SetWorld sets;
  private final URI url;
  private final Map<String, Admin> admins = new HashMap<>();

  Admins(SetWorld sets, URI url) {
    this.sets = sets;
    this.url = url;
  }

  /** Adds the call a caller registers with. */
  void addTo(Routes github) {
    github.add("POST", "/actions/runner-registration", "", this::register);
  }

  /** What the token is good for; empty when it is good for nothing, or no longer. */
  Optional<String> scope(String token) {
    return Optional.ofNullable(admins.get(token))
        .filter(admin -> admin.until().isAfter(sets.now()))
        .map(Admin::scope);
  }

  void expire() {
    admins.clear();
  }

  private Answer register(Asked asked) {
    var wanted = asked.json(Registering.class);
    if (!asked.caller().name().equals("registration") || !"register".equals(wanted.runnerEvent())) {
      return Answer.problem(404, "Not Found");
    }
    var path = URI.create(String.valueOf(wanted.url())).getPath();
    var scope = path.indexOf('/', 1) < 0 ? "/orgs" + path : "/repos" + path;
    var until = sets.now().plus(LIFE);
    var token = jwt(until, sets.fresh("admin"));
    admins.put(token, new Admin(scope, until));
    return Answer.of(200, Map.of("url", url + Server.TENANT + "/", "token", token));
  }

  private static String jwt(Instant until, String id) {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    var claims = Map.of("exp", until.getEpochSecond(), "jti", id);
    return base64.encodeToString(Json.write(Map.of("alg", "RS256", "typ", "JWT")))
        + "."
        + base64.encodeToString(Json.write(claims))
        + "."
        + base64.encodeToString("signature".getBytes(StandardCharsets.UTF_8));
  }

  private record Admin(String scope, Instant until) {}

  record Registering(@Nullable String url, @Nullable String runnerEvent) {}
}
