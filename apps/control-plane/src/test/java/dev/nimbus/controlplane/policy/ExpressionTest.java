package dev.nimbus.controlplane.policy;

import static dev.nimbus.controlplane.policy.Written.denier;
import static dev.nimbus.controlplane.policy.Written.problems;
import static dev.nimbus.controlplane.policy.Written.rules;
import static dev.nimbus.controlplane.policy.Written.why;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.policy.Rulebook;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "job.org == 'acme' && job.repository == 'acme/shop' && job.owner == 'acme'",
        "job.workflow == 'Build' && job.name == 'test' && job.title.startsWith('Fix')",
        "job.branch == 'main' && job.event == 'push' && job.actor == 'alice' && job.trust == 'member'",
        "job.attempt == 1 && job.image == 'Acme/x' && job.cpus == 2.5 && job.cpus > 2",
        "job.memory_bytes == 4 * 1024 * 1024 * 1024",
        "'gpu' in job.labels && !('GPU' in job.labels)",
        "job.labels.exists(l, l.startsWith('cpus:')) && job.labels.all(l, l != '')",
        "job.labels.filter(l, l.contains(':')).exists(l, l == 'cpus:2.5')",
        "job.labels.exists_one(l, l == 'gpu')",
        "size(job.labels) == 4",
        "job.title.matches('^Fix .*(till|shop)$')",
        "matches(job.title, 'till')",
        "job.queued_at.getDayOfWeek('Europe/Berlin') == 0",
        "job.queued_at < timestamp('2027-01-01T00:00:00Z')",
        "job.branch in ['main', 'release'] ? true : false",
      })
  void whatAJobHasCanBeAskedFor(String expression) {
    assertThat(denier(when(expression), asking())).isEqualTo("r");
    assertThat(denier(when("!(" + expression + ")"), asking())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "job.labels[7] == 'x' | rule 'r' cannot be decided: its expression fails: Index out of bounds: 7",
        "1 / (job.attempt - 1) == 1 | rule 'r' cannot be decided: its expression fails: / by zero",
        "int(job.branch) == 1 | rule 'r' cannot be decided: its expression fails: For input string: \"main\"",
        "job.queued_at.getHours('Nowhere') == 1 | rule 'r' cannot be decided: its expression fails:",
        "dyn(job.branch) | rule 'r' cannot be decided: its expression is neither true nor false",
      })
  void anExpressionThatFailsDenies(String expression, String why) {
    assertThat(why(when(expression), asking())).startsWith(why);
    assertThat(denier(isolatingWhen(expression), asking())).isEqualTo("r");
  }

  @Test
  void whatTheExpressionDoesNotNeedCannotFail() {
    assertThat(denier(when("job.branch == 'dev' && job.labels[7] == 'x'"), asking())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "job.branch | expected type 'bool' but found 'string'",
        "job.branch == 1 | no matching overload",
        "job.brunch == 'x' | there is no 'job.brunch'; did you mean 'job.branch'?",
        "branch == 'x' | undeclared reference to 'branch'",
        "job.branch = 'x' | token recognition error",
        "1 + | mismatched input",
        "job.labels.map(l, l + l).size() > 1 | undeclared reference",
        "[job.title].exists(t, t == 'x') | it walks something else than job.labels",
        "[[job.title]].exists(t, t.exists(u, u == 'x')) | it walks something else than job.labels",
        "{'a': 1}.exists(k, k == 'a') | it walks something else than job.labels",
        "(job.labels + job.labels).exists(l, l == 'a') | it walks something else than job.labels",
        "job.title.matches(job.branch) | 'matches' wants a regular expression in quotes",
        "matches(job.title, job.branch) | 'matches' wants a regular expression in quotes",
        "job.title.matches('a' + 'b') | 'matches' wants a regular expression in quotes",
        "job.title.matches('(') | '(' is not a regular expression",
        "job.title.matches('((a{999}){999}){999}') | too large a regular expression",
      })
  void whatIsNoExpressionOrCouldGrowIsRefused(String expression, String problem) {
    assertThat(problems(written(expression, "deny"))).singleElement().asString().contains(problem);
  }

  @Test
  void anExpressionIsShortAndFlat() {
    assertThat(problems(written("(".repeat(60) + "true" + ")".repeat(60), "deny")))
        .singleElement()
        .asString()
        .contains("recursion limit");
    assertThat(problems(written("true" + " || true".repeat(120), "deny"))).isEmpty();
    assertThat(problems(written("1 in [" + "1,".repeat(520).replaceAll(",$", "") + "]", "deny")))
        .isNotEmpty();
    assertThat(problems(written("job.title == '" + "x".repeat(1_000) + "'", "deny"))).isNotEmpty();
  }

  /** A hundred labels against each other are ten thousand steps. */
  @Test
  void walkingTooOftenDenies() {
    var labels = IntStream.range(0, 100).mapToObj(i -> "label-" + i).toList();
    var twice = "job.labels.exists(l, job.labels.exists(m, l + m == 'x'))";

    assertThat(why(when(twice), Asked.job().labelled(labels)))
        .isEqualTo(
            "rule 'r' cannot be decided: its expression fails: Iteration budget exceeded: 1000");
    assertThat(denier(when(twice), Asked.job().labelled(labels.subList(0, 30)))).isEmpty();
  }

  @Test
  void itIsUnsureOnlyOfWhatItLooksAt() {
    var untold = Asked.job().causedBy("").trusted(Trust.UNKNOWN).titled("").build();

    assertThat(onlyWhen("job.event == 'x'").unsure(Written.ACME, untold)).isTrue();
    assertThat(onlyWhen("job.trust == 'fork'").unsure(Written.ACME, untold)).isTrue();
    assertThat(onlyWhen("job.title == ''").unsure(Written.ACME, untold)).isTrue();
    assertThat(onlyWhen("job.branch == 'x'").unsure(Written.ACME, untold)).isFalse();
    assertThat(onlyWhen("'gpu' in job.labels").unsure(Written.ACME, untold)).isFalse();
  }

  private static Asked asking() {
    return Asked.job().labelled("GPU", "cpus:2.5", "memory:4GiB", "image:Acme/x");
  }

  private static Rulebook when(String expression) {
    return rules(written(expression, "deny"));
  }

  private static Rulebook isolatingWhen(String expression) {
    return rules(written(expression, "isolate"));
  }

  private static Rulebook onlyWhen(String expression) {
    return rules(
        "untrusted_pull_requests: admit\nunknown_origin: admit\n" + written(expression, "deny"));
  }

  private static String written(String expression, String action) {
    return "rules: [{id: r, action: %s, when: %s}]".formatted(action, quoted(expression));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
