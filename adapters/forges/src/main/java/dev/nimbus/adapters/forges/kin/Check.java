package dev.nimbus.adapters.forges.kin;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.NimbusException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a connection can do its work, without changing anything. Whether the token may
 * register runners cannot be tried without registering one.
 */
public final class Check {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\..*");

  private final ForgeApi api;
  private final Scopes scopes;

  public Check(ForgeApi api, Scopes scopes) {
    this.api = api;
    this.scopes = scopes;
  }

  /**
   * Everything that was looked at.
   *
   * @param version says what it thinks of the forge's version
   * @param jobs of a scope, as they are listed
   */
  public List<Finding> findings(Function<Version, Finding> version, String jobs) {
    var findings = new ArrayList<Finding>();
    findings.add(look("the forge answers", () -> version(version)));
    for (var scope : scopes.all()) {
      findings.add(seen("jobs of " + scope + " can be seen", scope + jobs));
      findings.add(seen("runners of " + scope + " can be seen", Runners.path(scope) + "?limit=1"));
    }
    return findings;
  }

  private Finding version(Function<Version, Finding> judge) {
    var reply = api.send(Call.get("/v1/version", Purpose.CHECK));
    if (!reply.ok()) {
      throw reply.refusal("read the forge's version");
    }
    var told = reply.json(Told.class).version();
    var version = VERSION.matcher(told == null ? "" : told);
    return version.matches()
        ? judge.apply(
            new Version(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))))
        : Finding.wrong("the forge's version", "is '%s'; is this the right forge?".formatted(told));
  }

  private Finding seen(String what, String path) {
    return look(what, () -> judged(what, api.send(Call.get(path, Purpose.CHECK))));
  }

  private Finding judged(String what, Reply reply) {
    var advice =
        switch (reply.status()) {
          case 401 -> "make a new token";
          case 403 -> "give the token the scope " + scope();
          case 404 -> "see that the owner exists and the token's user may administer it";
          default -> "see what the forge says";
        };
    return reply.ok()
        ? Finding.fine(what)
        : Finding.wrong(what, "%s: %d %s".formatted(advice, reply.status(), reply.told()));
  }

  private String scope() {
    return switch (scopes.settings().level()) {
      case INSTANCE -> "'write:admin'";
      case ORGANIZATION -> "'write:organization'";
      case USER -> "'write:user'";
      case REPOSITORY -> "'write:repository'";
    };
  }

  /** Looks at something; what goes wrong while looking is a finding, too. */
  private static Finding look(String what, Supplier<Finding> looking) {
    try {
      return looking.get();
    } catch (NimbusException e) {
      return Finding.wrong(what, String.valueOf(e.getMessage()));
    }
  }

  /** What a forge says it is. */
  public record Version(int major, int minor) {
    public boolean before(int otherMajor, int otherMinor) {
      return major < otherMajor || (major == otherMajor && minor < otherMinor);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  record Told(@Nullable String version) {}
}
