package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.github.scaleset.ScaleSets;
import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Looks whether a connection can do its work, without changing anything. */
final class Check {
  private final ForgeApi api;
  private final Settings settings;
  private final List<Member> members;
  private final RunnerGroups groups;
  private final Repositories repositories;
  private final ScaleSets scaleSets;

  Check(
      ForgeApi api,
      Settings settings,
      List<Member> members,
      RunnerGroups groups,
      Repositories repositories,
      ScaleSets scaleSets) {
    this.api = api;
    this.settings = settings;
    this.members = members;
    this.groups = groups;
    this.repositories = repositories;
    this.scaleSets = scaleSets;
  }

  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    for (var member : members) {
      findings.addAll(
          switch (member) {
            case Member.OfApp app -> AppChecks.of(app, settings);
            case Member.OfToken token -> look("the token is valid", () -> token(token));
          });
    }
    findings.addAll(look("jobs can be seen", this::jobs));
    findings.addAll(look("runners can be seen", this::runners));
    if (!settings.runnerGroup().isEmpty()) {
      findings.addAll(look("the runner group exists", this::group));
    }
    for (var set : settings.scaleSets()) {
      var what = "scale set '%s' can be reached".formatted(set.name());
      findings.addAll(look(what, () -> scaleSets.check(set)));
    }
    return findings;
  }

  /** Looks at something; what goes wrong while looking is a finding, too. */
  static List<Finding> look(String what, Supplier<List<Finding>> looking) {
    try {
      return looking.get();
    } catch (NimbusException e) {
      return List.of(Finding.wrong(what, String.valueOf(e.getMessage())));
    }
  }

  /** Whether a webhook is set up as it must be, and whether what it sends arrives. */
  static List<Finding> webhook(String what, Wire.HookConfig config, HookLog hook) {
    if (Wire.text(config.url()).isEmpty()) {
      return List.of(Finding.wrong(what, "set the webhook's address"));
    }
    if (!Wire.text(config.contentType()).equals("json")) {
      return List.of(Finding.wrong(what, "set the webhook's content type to application/json"));
    }
    if (Wire.text(config.insecureSsl()).equals("1")) {
      return List.of(Finding.wrong(what, "let the webhook verify certificates"));
    }
    return List.of(Finding.fine(what), hook.arriving(what.replace("sends webhooks", "is heard")));
  }

  private List<Finding> token(Member.OfToken token) {
    var what = "the token is valid";
    var reply = token.api().send(Call.get("/user", Purpose.CHECK));
    var findings = new ArrayList<Finding>();
    findings.add(
        reply.ok()
            ? Finding.fine(what)
            : Finding.wrong(
                what,
                "make a new one: GitHub answered %d %s".formatted(reply.status(), reply.told())));
    token
        .log()
        .ifPresent(hook -> findings.addAll(look("webhooks are sent", () -> hook(token, hook))));
    return findings;
  }

  private static List<Finding> hook(Member.OfToken token, HookLog hook) {
    var reply = token.api().send(Call.get(hook.path(), Purpose.CHECK));
    if (!reply.ok()) {
      throw reply.refusal("read the webhook " + hook.path());
    }
    var found = reply.json(Wire.Hook.class);
    var config = found.config() == null ? new Wire.HookConfig(null, null, null) : found.config();
    if (!Wire.<String>all(found.events()).contains("workflow_job")) {
      return List.of(
          Finding.wrong("webhooks are sent", "let the webhook send workflow_job events"));
    }
    return webhook("webhooks are sent", config, hook);
  }

  private List<Finding> jobs() {
    var what = "jobs can be seen";
    var where = repositories.active();
    if (where.isEmpty()) {
      return List.of(
          Finding.wrong(
              what,
              "no repository of '%s' was pushed to within %d days; see that the credential sees them"
                  .formatted(settings.owner(), settings.activeWithin().toDays())));
    }
    var findings = new ArrayList<Finding>();
    var looked = settings.repositories().isEmpty() ? where.subList(0, 1) : where;
    for (var repository : looked.subList(0, Math.min(looked.size(), 20))) {
      findings.add(jobs(repository));
    }
    return findings;
  }

  private Finding jobs(Repository repository) {
    var what = "jobs of '%s' can be seen".formatted(repository);
    var reply =
        api.send(Call.get("/repos/" + repository + "/actions/runs?per_page=1", Purpose.CHECK));
    return reply.ok()
        ? Finding.fine(what)
        : Finding.wrong(
            what,
            "grant 'Actions: read' and see that the repository exists: GitHub answered %d %s"
                .formatted(reply.status(), reply.told()));
  }

  private List<Finding> runners() {
    var what = "runners can be seen";
    var where =
        settings.level() == Settings.Level.ORGANIZATION
            ? List.of(Repository.NONE)
            : repositories.active();
    var findings = new ArrayList<Finding>();
    for (var repository : where.subList(0, Math.min(where.size(), 1))) {
      var path = RunnerScope.of(settings, repository).runners() + "?per_page=1";
      var reply = api.send(Call.get(path, Purpose.CHECK));
      findings.add(
          reply.ok()
              ? Finding.fine(what)
              : Finding.wrong(
                  what,
                  "grant 'Self-hosted runners: write', and see that '%s' is an organization: GitHub answered %d %s"
                      .formatted(settings.owner(), reply.status(), reply.told())));
    }
    return findings;
  }

  private List<Finding> group() {
    var what = "the runner group '%s' exists".formatted(settings.runnerGroup());
    var group = groups.find(Purpose.CHECK);
    if (group.isEmpty()) {
      return List.of(Finding.wrong(what, "create it, or correct option runner_group"));
    }
    return List.of(Finding.fine(what));
  }
}
