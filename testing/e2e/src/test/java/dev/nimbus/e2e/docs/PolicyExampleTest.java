package dev.nimbus.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.policy.PolicyDocument;
import dev.nimbus.controlplane.policy.PolicyDocument.Reading;
import dev.nimbus.core.policy.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is shown as a policy is one, and shows every key there is. */
final class PolicyExampleTest {
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern KEY = Pattern.compile("(?m)^\\| ((?:`[a-z_]+`(?:, )?)+) \\|");
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  private final String page = Tree.here().text("docs/operate/policy.md");
  private final String example = Tree.here().text("examples/policy.yaml");

  @Test
  void theExampleIsAPolicyWhoseRulesAreAskedFromTheTop() {
    assertThat(good(example).rules().rules())
        .extracting(Rule::id)
        .containsSubsequence("allow-repositories", "unknown-origin", "small-by-default")
        .endsWith("no-weekend-deploys");
  }

  @Test
  void everyPolicyOnThePageIsOne() {
    var blocks = YAML.matcher(page).results().map(block -> block.group(1)).toList();

    assertThat(blocks).hasSizeGreaterThan(1).allSatisfy(PolicyExampleTest::good);
  }

  @Test
  void everyKeyOnThePageIsKnown() {
    for (var key : documented()) {
      assertThat(problem(key + ": x") + problem("rules: [{id: a, " + key + ": x}]"))
          .as(key)
          .satisfiesAnyOf(
              said -> assertThat(said).doesNotContain("is not a key of a policy"),
              said -> assertThat(said).doesNotContain("is not a key of a rule"));
    }
    assertThat(documented()).contains("deny_labels", "unknown_origin", "when", "message");
  }

  private List<String> documented() {
    return KEY.matcher(page)
        .results()
        .flatMap(row -> NAME.matcher(row.group(1)).results())
        .map((MatchResult name) -> name.group(1))
        .toList();
  }

  private static PolicyDocument good(String text) {
    var reading = PolicyDocument.of("policy", text.getBytes(StandardCharsets.UTF_8));
    assertThat(reading).isInstanceOf(Reading.Good.class);
    return ((Reading.Good) reading).document();
  }

  private static String problem(String text) {
    var reading = PolicyDocument.of("policy", text.getBytes(StandardCharsets.UTF_8));
    return reading instanceof Reading.Bad(var problems) ? String.join(" ", problems) : "";
  }
}
