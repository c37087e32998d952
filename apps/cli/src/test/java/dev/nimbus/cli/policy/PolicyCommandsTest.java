package dev.nimbus.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.Typed;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyCommandsTest {
  private static final String POLICY =
      """
      deny_labels: [production]
      rules:
        - {id: walled, labels: [gpu], action: isolate}
        - {id: watched, branches: [dev], mode: shadow, message: Soon forbidden.}
        - {id: sunday, when: "job.queued_at.getDayOfWeek() == 0 && 'deploy' in job.labels"}
      """;

  @TempDir Path folder;

  private String policy = "";

  @BeforeEach
  void writePolicy() throws IOException {
    policy = Files.writeString(folder.resolve("policy.yaml"), POLICY).toString();
  }

  @Test
  void anAdmittedJobIsZero() throws IOException {
    var typed = test(job("main", "nimbus"), "--policy", policy);

    assertThat(typed).isEqualTo(new Typed(0, "admitted to any host\n", ""));
  }

  @Test
  void aDeniedJobIsOneAndNamesItsRule() throws IOException {
    var typed = test(job("main", "production"), "--policy", policy);

    assertThat(typed)
        .isEqualTo(
            new Typed(
                1,
                "denied by deny-labels: rule 'deny-labels' denies jobs with label 'production'\n",
                ""));
  }

  @Test
  void whatIsIsolatedOrOnlyWatchedIsShownBeforeTheDecision() throws IOException {
    var typed = test(job("dev", "gpu"), "--policy", policy);

    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .isEqualTo(
            """
            isolated by walled: rule 'walled' allows only hosts labelled isolated for jobs with label 'gpu'
            shadowed by watched: Soon forbidden.
            admitted to hosts labelled isolated
            """);
  }

  @Test
  void aJobWithoutATimeIsQueuedNow() throws IOException {
    assertThat(test(job("main", "deploy"), "--policy", policy).code()).isEqualTo(1);
    assertThat(
            test(
                    job("main", "deploy").replace("{", "{\"queued_at\": \"2026-11-23T12:00:00Z\","),
                    "--policy",
                    policy)
                .code())
        .isZero();
  }

  @Test
  void decisionsAreDocumentsForPrograms() throws IOException {
    var typed = test(job("dev", "production"), "--policy", policy, "--json");

    assertThat(typed.code()).isEqualTo(1);
    var decided = Json.readStrict(typed.out().getBytes(StandardCharsets.UTF_8), Decided.class);
    assertThat(decided.admitted()).isFalse();
    assertThat(decided.rule()).isEqualTo("deny-labels");
    assertThat(decided.unsure()).isFalse();
    assertThat(decided.steps())
        .extracting(Decided.Step::result)
        .containsExactly("denied", "shadowed");
  }

  @Test
  void withoutAPolicyOnlyTheCodeOfMembersRuns() throws IOException {
    var member = test(job("main", "nimbus"));
    var stranger = test("{\"repository\": \"acme/shop\", \"event\": \"pull_request\"}");

    assertThat(member.code()).isZero();
    assertThat(member.err()).contains("no policy is named");
    assertThat(stranger.code()).isEqualTo(1);
    assertThat(stranger.out()).startsWith("denied by untrusted-pull-requests: ");
    assertThat(stranger.err()).contains("looks at something that the event does not say");
  }

  @Test
  void theConfiguredPolicyIsTheDefault() throws IOException {
    var event = event(job("main", "production"));
    var configured = Map.of("NIMBUS_JOB_POLICY_PATH", policy);

    assertThat(Typed.in(configured, "policy", "test", event).out()).contains("deny-labels");
    assertThat(Typed.in(configured, "policy", "explain").out()).contains("1. deny-labels: ");
  }

  @Test
  void aRuleOfOneTenantNeedsItsName() throws IOException {
    var ours = Files.writeString(folder.resolve("o"), "rules: [{id: a, orgs: [acme]}]").toString();

    assertThat(test(job("main", "x"), "--policy", ours).code()).isZero();
    assertThat(test(job("main", "x"), "--policy", ours, "--org", "acme").code()).isEqualTo(1);
    assertThat(test(job("main", "x"), "--policy", ours, "--org", "A B").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | it names no 'repository'",
        "[] | Cannot read DescribedJob",
        "null | Cannot read DescribedJob",
        "{\"repository\": \"a b\"} | Not a repository: 'a b'",
        "{\"repository\": \"a/b\", \"lables\": []} | lables",
        "{\"repository\": \"a/b\", \"labels\": [null]} | 'labels[0]' is null",
        "{\"repository\": \"a/b\", \"trust\": \"friend\"} | its 'trust' is 'friend'",
        "{\"repository\": \"a/b\", \"queued_at\": \"noon\"} | its 'queued_at' is 'noon'",
        "{\"repository\": \"a/b\", \"attempt\": 0} | attempt 0",
        "{\"repository\": \"a/b\", \"link\": \"a b\"} | Illegal character",
      })
  void anEventThatCannotBeReadIsNoDenial(String event, String why) throws IOException {
    var typed = test(event, "--policy", policy);

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("Cannot read event '").contains(why);
  }

  @Test
  void anEventThatIsNotThereIsNoDenial() {
    assertThat(Typed.in(Map.of(), "policy", "test", "/no/such.json", "--policy", policy))
        .isEqualTo(
            new Typed(2, "", "nimbus: Cannot read event '/no/such.json': there is no such file\n"));
  }

  @Test
  void aPolicyWithMistakesIsNoDenial() throws IOException {
    var wrong = Files.writeString(folder.resolve("w.yaml"), "deny_lables: []\nrules: x\n");

    var typed = test(job("main", "x"), "--policy", wrong.toString());

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err())
        .contains("line 1: 'deny_lables' is not a key of a policy; did you mean 'deny_labels'?")
        .contains("line 2: 'rules' wants a list");
  }

  @Test
  void theRulesAreExplainedInTheirOrder() {
    var typed = Typed.in(Map.of(), "policy", "explain", "--policy", policy);

    assertThat(typed)
        .isEqualTo(
            new Typed(
                0,
                """
                  1. deny-labels: Denies jobs with label 'production'.
                  2. untrusted-pull-requests: Denies jobs from a fork or from a pull request of nobody knows whom.
                  3. unknown-origin: Denies jobs whose cause the forge does not say.
                  4. walled: Allows only hosts labelled isolated for jobs with label 'gpu'.
                  5. watched: Only recorded: denies jobs on branch 'dev'. Says: Soon forbidden.
                  6. sunday: Denies jobs for which job.queued_at.getDayOfWeek() == 0 && 'deploy' in job.labels.
                Whatever no rule denies is admitted.
                """,
                ""));
    assertThat(Typed.in(Map.of(), "policy", "explain", "--policy", policy, "-o", "yaml").out())
        .contains("- rule: deny-labels\n");
  }

  @Test
  void theBodyOfAWebhookIsReadAsItsForgeWroteIt() throws IOException {
    var body =
        """
        {"action": "queued", "repository": {"full_name": "acme/shop"}, "sender": {"login": "alice"},
         "workflow_job": {"id": 7, "name": "build", "labels": ["nimbus", "production"],
           "head_branch": "main", "html_url": "https://forge.example/acme/shop/actions/runs/1/jobs/7"}}
        """;

    for (var forge : List.of("github", "gitea")) {
      var typed = test(body, "--policy", policy, "--forge", forge);

      assertThat(typed.code()).isEqualTo(1);
      assertThat(typed.out()).startsWith("denied by deny-labels: ");
      assertThat(typed.err()).contains("looks at something that the event does not say");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gitlab | {} | do not say which tags",
        "github | {} | it has no workflow_job",
        "gitea | {\"zen\": \"Keep it simple\"} | it has no workflow_job",
        "forgejo | {} | it has no job",
        "github | {\"workflow_job\": {\"id\": 7}} | it names no repository",
        "github | [] | Cannot read",
      })
  void aBodyThatIsAboutNoJobIsNoDenial(String forge, String body, String why) throws IOException {
    var typed = test(body, "--policy", policy, "--forge", forge);

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("Cannot read event '").contains(why);
  }

  private static String job(String branch, String... labels) {
    return """
    {"repository": "acme/shop", "event": "push", "trust": "member", "branch": "%s",
     "title": "Fix the till", "actor": "alice", "labels": ["%s"]}
    """
        .formatted(branch, String.join("\", \"", labels));
  }

  private Typed test(String event, String... more) throws IOException {
    var words = new ArrayList<>(List.of("policy", "test", event(event)));
    words.addAll(List.of(more));
    return Typed.in(Map.of(), words.toArray(String[]::new));
  }

  private String event(String text) throws IOException {
    return Files.writeString(folder.resolve("event.json"), text).toString();
  }
}
