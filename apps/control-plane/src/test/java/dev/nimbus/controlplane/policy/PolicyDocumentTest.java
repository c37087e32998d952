package dev.nimbus.controlplane.policy;

import static dev.nimbus.controlplane.policy.Written.denier;
import static dev.nimbus.controlplane.policy.Written.pool;
import static dev.nimbus.controlplane.policy.Written.rules;
import static dev.nimbus.controlplane.policy.Written.why;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.policy.PolicyDocument.Reading;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.policy.Rulebook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyDocumentTest {
  @Test
  void aFileThatHoldsNothingLoosensNothing(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("p.yaml"), "# nothing\n");

    assertThat(Written.read("")).isEqualTo(new Reading.Empty());
    assertThat(PolicyDocument.load(file)).isEqualTo(PolicyDocument.DEFAULT);
    assertThat(rules("rules: []")).isEqualTo(Rulebook.DEFAULT);
    assertThat(rules("deny_labels:\nrules:\n")).isEqualTo(Rulebook.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "ACME/Shop, ''",
    "acme/shop2, allow-repositories",
    "acme, allow-repositories",
    "acme/Old, deny-repositories",
  })
  void repositoriesAreComparedAsWholeNamesWithoutCase(String repository, String denier) {
    var rules = rules("{allow_repositories: [Acme/shop, acme/old], deny_repositories: [acme/OLD]}");

    assertThat(denier(rules, Asked.job().of(repository))).isEqualTo(denier);
  }

  @Test
  void labelsAreComparedAsWholeNamesWithoutCaseAndSpace() {
    var rules = rules("{deny_labels: [Production], require_labels: [' Safety-Review ']}");

    assertThat(denier(rules, Asked.job().labelled("safety-review"))).isEmpty();
    assertThat(denier(rules, Asked.job().labelled("safety-review", "productions"))).isEmpty();
    assertThat(denier(rules, Asked.job().labelled("safety-review", " PRODUCTION")))
        .isEqualTo("deny-labels");
    assertThat(denier(rules, Asked.job().labelled("safety"))).isEqualTo("require-labels");
  }

  @Test
  void titlePatternsAreFoundAnywhereInTitleOrWorkflowWithoutCase() {
    var rules = rules("block_title_patterns: ['(?i)deploy', 'rm\\s+-rf']");

    assertThat(denier(rules, Asked.job())).isEmpty();
    assertThat(denier(rules, Asked.job().titled("Re-DEPLOY it"))).isEqualTo("block-title-patterns");
    assertThat(denier(rules, Asked.job().in("Deployment"))).isEqualTo("block-title-patterns");
    assertThat(denier(rules, Asked.job().titled("run RM  -RF /")))
        .isEqualTo("block-title-patterns");
    assertThat(denier(rules, Asked.job().titled("").in(""))).isEmpty();
    assertThat(denier(rules("block_title_patterns: [' x']"), Asked.job().titled("x"))).isEmpty();
  }

  @Test
  void theFiveListsSayWhatTheJobHas() {
    var rules =
        rules(
            """
            allow_repositories: [acme/shop, acme/till]
            deny_repositories: [acme/till]
            deny_labels: [production]
            require_labels: [nimbus]
            block_title_patterns: [fix]
            """);

    assertThat(why(rules, Asked.job().of("x/y")))
        .isEqualTo("rule 'allow-repositories' denies jobs of repository 'x/y'");
    assertThat(why(rules, Asked.job().of("acme/till")))
        .isEqualTo("rule 'deny-repositories' denies jobs of repository 'acme/till'");
    assertThat(why(rules, Asked.job().labelled("production")))
        .isEqualTo("rule 'deny-labels' denies jobs with label 'production'");
    assertThat(why(rules, Asked.job().labelled()))
        .isEqualTo("rule 'require-labels' denies jobs without label 'nimbus'");
    assertThat(why(rules, Asked.job()))
        .isEqualTo("rule 'block-title-patterns' denies jobs with a title like 'fix'");
  }

  @ParameterizedTest
  @CsvSource({
    "deny, untrusted-pull-requests, ''",
    "isolate, '', isolated",
    "admit, '', ''",
  })
  void pullRequestsFromForksAreTreatedAsTheFileSays(String word, String denier, String pool) {
    var rules = rules("untrusted_pull_requests: " + word);
    var fork = Asked.job().causedBy("pull_request").trusted(Trust.FORK);

    assertThat(denier(rules, fork)).isEqualTo(denier);
    assertThat(denier(rules, fork.trusted(Trust.UNKNOWN))).isEqualTo(denier);
    if (denier.isEmpty()) {
      assertThat(String.join(",", pool(rules, fork))).isEqualTo(pool);
    }
  }

  @Test
  void jobsTheForgeSaysTooLittleOfHaveASettingOfTheirOwn() {
    var untold = Asked.job().causedBy("").trusted(Trust.UNKNOWN);

    assertThat(denier(rules("untrusted_pull_requests: admit"), untold)).isEqualTo("unknown-origin");
    assertThat(denier(rules("unknown_origin: admit"), untold)).isEmpty();
    assertThat(pool(rules("{unknown_origin: isolate, isolated_pool: [Walled, far]}"), untold))
        .containsExactly("far", "walled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repositories: ['acme/*', '!acme/shop']",
        "branches: ['release/*']",
        "events: [schedule]",
        "actors: ['*[bot]']",
        "labels: [gpu]",
        "labels: [nimbus, '!nim*']",
        "trust: [fork, unknown]",
        "when: job.attempt == 2",
        "orgs: [other]",
        "limits: {max_cpus: 4}",
      })
  void aConditionThatDoesNotHoldSparesTheJob(String condition) {
    assertThat(denier(rules("rules: [{id: r, %s}]".formatted(condition)), Asked.job())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repositories: ['ACME/*']",
        "repositories: ['!acme/till']",
        "branches: ['m*n']",
        "branches: ['!dev']",
        "events: [Push]",
        "actors: [ALICE]",
        "labels: ['nim*']",
        "labels: ['!gpu']",
        "trust: [member]",
        "when: job.attempt == 1",
        "orgs: [acme]",
        "message: never",
      })
  void aConditionThatHoldsDenies(String condition) {
    assertThat(denier(rules("rules: [{id: r, %s}]".formatted(condition)), Asked.job()))
        .isEqualTo("r");
  }

  @Test
  void branchesAreToldApartByCase() {
    assertThat(denier(rules("rules: [{id: r, branches: [Main]}]"), Asked.job())).isEmpty();
    assertThat(denier(rules("rules: [{id: r, branches: ['!main']}]"), Asked.job().on("MAIN")))
        .isEqualTo("r");
  }

  @Test
  void anUnknownBranchIsNoneOfThoseSpared() {
    assertThat(denier(rules("rules: [{id: r, branches: ['!main']}]"), Asked.job().on("")))
        .isEqualTo("r");
  }

  @Test
  void aRuleOfAnotherTenantIsNotAsked() {
    var rules = rules("rules: [{id: r, orgs: [acme]}]");

    assertThat(rules.decide(new OrgId("other"), Asked.job().build()))
        .isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void limitsBiteOnlyWhereTheOtherConditionsHold() {
    var rules =
        rules(
            """
            rules:
              - id: small
                labels: ['!large']
                limits: {max_cpus: 4, max_memory: 8GiB, allow_images: ['ghcr.io/acme/*']}
            """);

    assertThat(denier(rules, Asked.job().labelled("cpus:4", "memory:8G"))).isEmpty();
    assertThat(denier(rules, Asked.job().labelled("cpus:5"))).isEqualTo("small");
    assertThat(denier(rules, Asked.job().labelled("memory:9G"))).isEqualTo("small");
    assertThat(denier(rules, Asked.job().labelled("image:alpine"))).isEqualTo("small");
    assertThat(denier(rules, Asked.job().labelled("cpus:5", "Large"))).isEmpty();
  }

  @Test
  void aRuleIsolatesInItsOwnPoolOrTheUsualOne() {
    var rules =
        rules(
            """
            isolated_pool: [walled]
            rules:
              - {id: a, action: isolate, labels: [nimbus]}
              - {id: b, action: isolate, pool: [slow]}
            """);

    assertThat(pool(rules, Asked.job())).containsExactly("walled", "slow");
  }

  @Test
  void equalContentsHaveOneRevision() {
    var one = PolicyDocument.of("a", "rules: []".getBytes(StandardCharsets.UTF_8));
    var same = PolicyDocument.of("b", "rules: []".getBytes(StandardCharsets.UTF_8));
    var other = PolicyDocument.of("a", "rules: [ ]".getBytes(StandardCharsets.UTF_8));

    assertThat(one).isEqualTo(same).isNotEqualTo(other);
  }
}
