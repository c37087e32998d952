package dev.nimbus.adapters.forges.github.scaleset;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.HttpForgeApi.Credentials;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where an owner's scale sets live, and the token that changes them: both are asked of GitHub in
 * two steps, and kept until shortly before the token ends. Thread-safe; of many who need a new one,
 * one asks for it.
 */
final class Tenant {
  private static final Duration MARGIN = Duration.ofSeconds(60);

  /** Of a token that does not say. The shortest life seen was a quarter of an hour. */
  private static final Duration USUAL = Duration.ofMinutes(10);

  private static final int LONGEST = 16_384;
  private static final long LATEST = 32_503_680_000L; // The year 3000.

  private final ForgeApi api;
  private final ForgeApi bare;
  private final Scope scope;
  private final InstantSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Admin> known = Optional.empty();

  /**
   * @param api with the connection's credentials
   * @param bare the same without any
   */
  Tenant(ForgeApi api, ForgeApi bare, Scope scope, InstantSource time) {
    this.api = api;
    this.bare = bare;
    this.scope = scope;
    this.time = time;
  }

  Admin admin() {
    lock.lock();
    try {
      var good = known.filter(admin -> admin.until().minus(MARGIN).isAfter(time.instant()));
      known = good.or(() -> Optional.of(registered(registrationToken())));
      return known.orElseThrow();
    } finally {
      lock.unlock();
    }
  }

  /** The token was refused before its time. */
  void forget() {
    lock.lock();
    try {
      known = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private String registrationToken() {
    var path = scope.runners() + "/registration-token";
    var call = new Call("POST", path, Map.of(), Optional.empty(), Purpose.MINT);
    var reply = api.send(call);
    if (reply.status() == 403 || reply.status() == 404) {
      throw denied(
          "grant 'Self-hosted runners: write' (for a repository 'Administration: write')", reply);
    }
    return token(Wire.text(read(reply, "ask").json(Wire.RegistrationToken.class).token()));
  }

  private Admin registered(String registrationToken) {
    var wanted = new Wire.Registering(scope.page().toString(), "register");
    var call =
        Call.post("/actions/runner-registration", wanted, Purpose.MINT)
            .with("Authorization", "RemoteAuth " + registrationToken);
    var link = Wire.read(read(bare.send(call), "register"), Wire.AdminLink.class);
    var token = token(Wire.text(link.token()));
    return new Admin(address(Wire.text(link.url())), token, until(token));
  }

  private Reply read(Reply reply, String doing) {
    if (!reply.ok()) {
      throw reply.refusal("%s for the scale sets of '%s'".formatted(doing, scope.page()));
    }
    return reply;
  }

  private URI address(String text) {
    var end = text.endsWith("/") ? text.length() - 1 : text.length();
    return Addresses.trusted(scope, text.substring(0, end));
  }

  private String token(String token) {
    if (token.isBlank() || token.length() > LONGEST || !token.matches("[!-~]+")) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot use GitHub's answer for the scale sets of '%s': it has no token"
              .formatted(scope.page()));
    }
    return token;
  }

  private Instant until(String token) {
    return end(token)
        .filter(end -> end > 0 && end < LATEST)
        .map(Instant::ofEpochSecond)
        .orElseGet(() -> time.instant().plus(USUAL));
  }

  /** The token says so itself; whether to believe it is its issuer's business. */
  private static Optional<Long> end(String token) {
    var parts = token.split("\\.", -1);
    try {
      return parts.length == 3
          ? Optional.ofNullable(
              Json.read(Base64.getUrlDecoder().decode(parts[1]), Wire.Claims.class).exp())
          : Optional.empty();
    } catch (NimbusException | IllegalArgumentException e) {
      return Optional.empty(); // It is made of something else, and will be refused in time.
    }
  }

  private NimbusException denied(String advice, Reply reply) {
    return new NimbusException(
        Kind.DENIED,
        Credentials.NONE,
        "Cannot reach the scale sets of '%s': %s (%d: %s)"
            .formatted(scope.page(), advice, reply.status(), reply.told()));
  }

  /** Where scale sets live, and who may change them until when. */
  record Admin(URI url, String token, Instant until) {
    @Override
    public String toString() {
      return url + " until " + until;
    }
  }
}
