package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks whether a connection can do its work, without changing anything. */
final class Check {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");
  private static final int OLDEST = 18;
  private static final int MAINTAINER = 40;
  private static final int MOST_PROJECTS = 5;
  private static final Set<String> SCOPES = Set.of("create_runner", "manage_runner", "read_api");

  private final ForgeApi api;
  private final Settings settings;
  private final Projects projects;
  private final HookCheck hooks;

  Check(ForgeApi api, Settings settings, Projects projects) {
    this.api = api;
    this.settings = settings;
    this.projects = projects;
    this.hooks = new HookCheck(new Listing(api), settings);
  }

  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    findings.add(look("GitLab answers", this::version));
    findings.add(look("the token is valid", this::token));
    findings.addAll(projects());
    findings.add(look("runners can be seen", this::runners));
    findings.addAll(webhooks());
    return findings;
  }

  private Finding version() {
    var told =
        Texts.text(fine("/v4/version", "read its version").json(Wire.Version.class).version());
    var version = VERSION.matcher(told);
    if (!version.matches()) {
      return Finding.wrong("GitLab's version", "is '%s'; is this a GitLab?".formatted(told));
    }
    var what = "GitLab %s.%s answers".formatted(version.group(1), version.group(2));
    return Integer.parseInt(version.group(1)) < OLDEST
        ? Finding.wrong(what, "update to " + OLDEST + " or newer")
        : Finding.fine(what);
  }

  private Finding token() {
    var token = fine("/v4/personal_access_tokens/self", "look at the token").json(Wire.Token.class);
    var missing = new TreeSet<>(SCOPES);
    Texts.<String>all(token.scopes()).forEach(missing::remove);
    if (!missing.isEmpty() && !Texts.<String>all(token.scopes()).contains("api")) {
      return Finding.wrong(
          "the token may do what is needed",
          "make one with the scope 'api', or with %s besides".formatted(missing));
    }
    var until = Texts.text(token.expiresAt());
    return Finding.fine(
        until.isEmpty() ? "the token is valid" : "the token is valid until " + until);
  }

  private List<Finding> projects() {
    var what = "projects can be seen";
    try {
      var some = settings.repositories().isEmpty() ? some() : settings.repositories();
      if (some.isEmpty()) {
        return List.of(
            Finding.wrong(
                what,
                "see that '%s' has projects with CI/CD, and that the token sees them"
                    .formatted(settings.owner())));
      }
      return some.stream()
          .limit(MOST_PROJECTS)
          .flatMap(one -> List.of(role(one), jobs(one)).stream())
          .toList();
    } catch (NimbusException e) {
      return List.of(Finding.wrong(what, String.valueOf(e.getMessage())));
    }
  }

  private List<Finding> webhooks() {
    try {
      var some = settings.repositories().isEmpty() ? some() : settings.repositories();
      return hooks.findings(some.stream().findFirst());
    } catch (NimbusException e) {
      return List.of(Finding.wrong("webhooks can be seen", String.valueOf(e.getMessage())));
    }
  }

  private List<Repository> some() {
    return projects.all(Purpose.CHECK).stream()
        .flatMap(project -> projects.repository(project).stream())
        .toList();
  }

  /** An administrator may, whatever roles are. */
  private Finding role(Repository repository) {
    var what = "runners can be made for '%s'".formatted(repository);
    return look(
        what,
        () -> {
          var path = Projects.path(repository);
          var project = fine(path, "look at '" + repository + "'").json(Wire.Project.class);
          return settings.owner().isEmpty() || level(project) >= MAINTAINER
              ? Finding.fine(what)
              : Finding.wrong(what, "give the token's user the role Maintainer there");
        });
  }

  private static int level(Wire.Project project) {
    var permissions = project.permissions();
    return permissions == null
        ? 0
        : Math.max(level(permissions.projectAccess()), level(permissions.groupAccess()));
  }

  private static int level(Wire.@Nullable Access access) {
    return access == null || access.accessLevel() == null ? 0 : access.accessLevel();
  }

  private Finding jobs(Repository repository) {
    var what = "jobs of '%s' can be seen".formatted(repository);
    return look(
        what,
        () -> {
          fine(Demand.pending(repository), "list its jobs");
          return Finding.fine(what);
        });
  }

  private Finding runners() {
    var what = "runners can be seen";
    var reply = api.send(Call.get(Runners.list(settings), Purpose.CHECK));
    if (reply.status() == 403 && settings.owner().isEmpty()) {
      return Finding.wrong(
          what, "an empty owner is the whole instance, which needs an administrator's token");
    }
    return reply.ok() ? Finding.fine(what) : Finding.wrong(what, advice(reply));
  }

  private Reply fine(String path, String doing) {
    var reply = api.send(Call.get(path, Purpose.CHECK));
    if (!reply.ok()) {
      throw new NimbusException(
          reply.refusal(doing).kind(), "Cannot %s: %s".formatted(doing, advice(reply)));
    }
    return reply;
  }

  private static String advice(Reply reply) {
    var advice =
        switch (reply.status()) {
          case 401 -> "make a new token";
          case 403 -> "give the token the scope 'api', and its user the role Maintainer";
          case 404 -> "see that it exists and that the token's user is a member";
          default -> "see what GitLab says";
        };
    return "%s (%d: %s)".formatted(advice, reply.status(), reply.told());
  }

  /** Looks at something; what goes wrong while looking is a finding, too. */
  private static Finding look(String what, Supplier<Finding> looking) {
    try {
      return looking.get();
    } catch (NimbusException e) {
      return Finding.wrong(what, String.valueOf(e.getMessage()));
    }
  }
}
