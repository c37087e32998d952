package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.core.check.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a check looks at that only an App has. */
final class AppChecks {
  private AppChecks() {}

  static List<Finding> of(Member.OfApp member, Settings settings) {
    var findings = new ArrayList<Finding>();
    var app = member.app().toString();
    findings.addAll(Check.look(app + " is installed", () -> installed(member, settings)));
    findings.addAll(Check.look(app + " sends webhooks", () -> webhook(member)));
    return findings;
  }

  private static List<Finding> installed(Member.OfApp member, Settings settings) {
    var installation = member.tokens().installation();
    var granted =
        installation.permissions() == null ? Map.<String, String>of() : installation.permissions();
    var findings = new ArrayList<Finding>();
    findings.add(Finding.fine(member.app() + " is installed"));
    findings.addAll(permissions(Permissions.forRunners(settings.level()), granted, "grant it"));
    findings.addAll(
        permissions(
            Map.of("statuses", "write"), granted, "grant it, or jobs are given up in silence"));
    return findings;
  }

  private static List<Finding> permissions(
      Map<String, String> wanted, Map<String, String> granted, String advice) {
    return wanted.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            one -> {
              var what = "permission '%s: %s'".formatted(one.getKey(), one.getValue());
              return Permissions.allowed(one.getValue(), granted.getOrDefault(one.getKey(), ""))
                  ? Finding.fine(what)
                  : Finding.wrong(
                      what, advice + " in the App's settings, and accept it at the owner");
            })
        .toList();
  }

  private static List<Finding> webhook(Member.OfApp member) {
    var reply = member.asApp().send(Call.get("/app/hook/config", Purpose.CHECK));
    if (reply.status() == 404) {
      return List.of(
          Finding.wrong(
              member.app() + " sends webhooks",
              "set the App's webhook address, or jobs are found by looking only"));
    }
    if (!reply.ok()) {
      throw reply.refusal("read the webhook of " + member.app());
    }
    return Check.webhook(
        member.app() + " sends webhooks", reply.json(Wire.HookConfig.class), member.hook());
  }
}
