package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.HttpForgeApi.Credentials;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tokens of one App at the owner. Each allows no more than what it is for, and is kept until
 * shortly before it ends. Thread-safe; of many who need a new one, one asks for it.
 */
final class InstallationTokens implements Credentials {
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final Credential.App app;
  private final Settings settings;
  private final ForgeApi asApp;
  private final InstantSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Use, Token> tokens = new EnumMap<>(Use.class);

  /**
   * @param asApp calls with the App's own signature
   */
  InstallationTokens(Credential.App app, Settings settings, ForgeApi asApp, InstantSource time) {
    this.app = app;
    this.settings = settings;
    this.asApp = asApp;
    this.time = time;
  }

  @Override
  public Map<String, String> headers(Call call) {
    var use = call.path().contains("/statuses/") ? Use.REPORTS : Use.RUNNERS;
    lock.lock();
    try {
      var known = tokens.get(use);
      var token = known != null && known.good(time.instant()) ? known : make(use);
      tokens.put(use, token);
      return Headers.bearer(token.value());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean renew() {
    lock.lock();
    try {
      tokens.clear();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The App's installation at the owner; {@code DENIED} when there is none. */
  Wire.Installation installation() {
    var found = app.installation().isEmpty() ? byOwner() : asked(byId(app.installation()));
    if (!found.ok()) {
      throw denied(
          switch (found.status()) {
            case 401 -> "GitHub does not accept its id and private key: " + found.told();
            case 404 -> "it is not installed there; install it, or correct the owner";
            default -> "GitHub answered " + found.status() + ": " + found.told();
          });
    }
    var installation = found.json(Wire.Installation.class);
    if (installation.suspendedAt() != null) {
      throw denied("its installation is suspended; its owner can lift that");
    }
    return installation;
  }

  private Reply byOwner() {
    var owner = Call.segment(settings.owner());
    var organization = asked("/orgs/" + owner + "/installation");
    return organization.status() == 404 ? asked("/users/" + owner + "/installation") : organization;
  }

  private static String byId(String installation) {
    return "/app/installations/" + installation;
  }

  private Reply asked(String path) {
    return unlessDown(asApp.send(Call.get(path, Purpose.MINT)));
  }

  private Token make(Use use) {
    var installation = installation();
    var id = Optional.ofNullable(installation.id()).orElseThrow(() -> denied("it has no id"));
    var granted =
        Optional.ofNullable(installation.permissions()).orElseGet(Map::<String, String>of);
    var narrowing = new Wire.Narrowing(Permissions.narrowed(use.wanted(settings), granted));
    var path = byId(Long.toString(id)) + "/access_tokens";
    var reply = unlessDown(asApp.send(Call.post(path, narrowing, Purpose.MINT)));
    if (!reply.ok()) {
      throw denied("GitHub makes no token: %d %s".formatted(reply.status(), reply.told()));
    }
    var token = reply.json(Wire.InstallationToken.class);
    return new Token(Wire.text(token.token()), Jobs.time(token.expiresAt(), time.instant()));
  }

  private Reply unlessDown(Reply reply) {
    if (reply.status() >= 500) {
      throw reply.refusal("authenticate as " + app);
    }
    return reply;
  }

  private NimbusException denied(String why) {
    return new NimbusException(
        Kind.DENIED,
        Credentials.NONE,
        "Cannot authenticate as %s at '%s': %s".formatted(app, settings.owner(), why));
  }

  /** What a token is for. */
  private enum Use {
    RUNNERS,
    REPORTS;

    Map<String, String> wanted(Settings settings) {
      return switch (this) {
        case RUNNERS -> Permissions.forRunners(settings.level());
        case REPORTS -> Permissions.forReports();
      };
    }
  }

  private record Token(String value, Instant expiresAt) {
    boolean good(Instant now) {
      return expiresAt.isAfter(now.plus(MARGIN));
    }

    @Override
    public String toString() {
      return "a token until " + expiresAt;
    }
  }
}
