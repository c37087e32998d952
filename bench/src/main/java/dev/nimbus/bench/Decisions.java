package dev.nimbus.bench;

import dev.nimbus.controlplane.policy.PolicyDocument;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.policy.Rulebook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one decision of policy costs, by 50 rules of which none denies. */
final class Decisions {
  private static final int ROUNDS = 7;
  private static final String LISTS =
      """
      allow_repositories: [acme/shop, acme/till, acme/website]
      deny_repositories: [acme/old]
      deny_labels: [production, root]
      require_labels: [nimbus]
      block_title_patterns: ['\\bdo not run\\b', '^wip', 'rm\\s+-rf']
      rules:
      """;
  private static final List<String> FIXED =
      List.of(
          "labels: ['gpu-*'], branches: ['!main']",
          "repositories: ['acme/*', '!acme/shop']",
          "labels: ['!large'], limits: {max_cpus: 8, max_memory: 32GiB}",
          "actors: ['*[bot]'], events: [schedule]");
  private static final List<String> EXPRESSIONS =
      List.of(
          "when: job.branch == 'dev' && size(job.labels) > 20",
          "when: 'job.labels.exists(l, l.startsWith(\"root-\"))'",
          "when: job.title.matches('^(revert|fixup)!')");

  private Decisions() {}

  static void run(int times) {
    var table = new Table("one decision", "median CPU µs", "worst round");
    measure(table, "50 rules, none with an expression", rules(43, 0), times);
    measure(table, "50 rules, 10 with expressions", rules(33, 10), times);
    measure(table, "7 rules, none with an expression", rules(0, 0), times);
    table.print();
  }

  private static void measure(Table table, String name, Rulebook rules, int times) {
    var micros = new ArrayList<Double>();
    for (var round = 0; round < ROUNDS; round++) {
      var began = Cpu.ownMicros();
      for (var i = 0; i < times; i++) {
        if (!(rules.decide(OrgId.DEFAULT, job(i)) instanceof Admission.Admitted)) {
          throw new IllegalStateException("No rule is meant to deny");
        }
      }
      micros.add((Cpu.ownMicros() - began) / times);
    }
    table.row(name, Timed.median(micros), Timed.percentile(micros, 1));
  }

  /** The five lists and the two of forks are seven. */
  private static Rulebook rules(int fixed, int expressions) {
    var text = new StringBuilder(LISTS);
    for (var i = 0; i < fixed + expressions; i++) {
      var rule = i < fixed ? FIXED.get(i % FIXED.size()) : EXPRESSIONS.get(i % EXPRESSIONS.size());
      text.append("  - {id: r").append(i).append(", ").append(rule).append("}\n");
    }
    var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return switch (PolicyDocument.of("bench", bytes)) {
      case PolicyDocument.Reading.Good(var document) -> document.rules();
      case PolicyDocument.Reading.Empty _ -> throw new IllegalStateException("No rules");
      case PolicyDocument.Reading.Bad(var problems) ->
          throw new IllegalStateException(problems.toString());
    };
  }

  private static ForgeJob job(int number) {
    return new ForgeJob(
        new ForgeJobKey(Integer.toString(number), 1),
        "acme",
        new Repository("acme/shop"),
        List.of("self-hosted", "nimbus", "linux", "x64", "cpus:4", "memory:8GiB"),
        "Build",
        "test (ubuntu, 21)",
        "Teach the till to count to " + number,
        "feature/till-" + number % 100,
        "push",
        "alice",
        Trust.MEMBER,
        "",
        URI.create("https://forge.example/acme/shop/" + number),
        Instant.EPOCH);
  }
}
