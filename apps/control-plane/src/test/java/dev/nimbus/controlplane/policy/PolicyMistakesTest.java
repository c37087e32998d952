package dev.nimbus.controlplane.policy;

import static dev.nimbus.controlplane.policy.Written.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.controlplane.policy.PolicyDocument.Reading;
import dev.nimbus.service.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyMistakesTest {
  @Test
  void everyMistakeIsNamedAtOnceWithItsLine() {
    var problems =
        problems(
            """
            deny_lables: [gpu]
            deny_labels: gpu
            untrusted_pull_requests: maybe
            allow_repositories: ['acme/*']
            block_title_patterns: ['(', 'a(?=b)']
            rules:
              - id: One
                brnaches: [dev]
              - labels: []
                when: job.brnach == 'x'
                pool: [a]
              - id: two
                limits: {max_cpus: lots, max_memory: big, max_disk: 1}
                mode: shaddow
              - id: two
                action: isolate
                pool: ['a b']
              - just text
            """);

    assertThat(problems)
        .containsExactly(
            "'p.yaml' line 1: 'deny_lables' is not a key of a policy; did you mean 'deny_labels'?",
            "'p.yaml' line 2: 'deny_labels' wants a list: write each item behind a dash.",
            "'p.yaml' line 3: 'untrusted_pull_requests' wants 'admit', 'deny' or 'isolate', not 'maybe'.",
            "'p.yaml' line 4: 'allow_repositories' wants whole names, not 'acme/*'; patterns go into a rule.",
            "'p.yaml' line 5: 'block_title_patterns': '(' is not a regular expression: missing closing ).",
            "'p.yaml' line 5: 'block_title_patterns': 'a(?=b)' is not a regular expression: invalid or"
                + " unsupported Perl syntax.",
            "'p.yaml' line 7: 'id' wants a-z, 0-9 and -, at most 64, not 'One'.",
            "'p.yaml' line 8: 'brnaches' is not a key of a rule; did you mean 'branches'?",
            "'p.yaml' line 9: this rule has no 'id'.",
            "'p.yaml' line 9: 'labels' is empty: leave it out.",
            "'p.yaml' line 9: this rule has a 'pool', but no 'action: isolate'.",
            "'p.yaml' line 10: 'when': it is not an expression: there is no 'job.brnach'; did you"
                + " mean 'job.branch'?",
            "'p.yaml' line 13: 'max_disk' is not a key of limits.",
            "'p.yaml' line 13: 'max_cpus' wants a number, not 'lots'.",
            "'p.yaml' line 13: 'max_memory': Not a size: 'big' (such as 512MiB or 2G).",
            "'p.yaml' line 14: 'mode' wants 'enforce' or 'shadow', not 'shaddow'.",
            "'p.yaml' line 15: there is another rule 'two'.",
            "'p.yaml' line 17: 'pool': Not a label: 'a b' (visible ASCII without comma or quote,"
                + " at most 100).",
            "'p.yaml' line 18: a rule is a mapping of keys to values.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "just text | a policy is a mapping of keys to values",
        "[a, b] | a policy is a mapping of keys to values",
        "rules: {id: a} | 'rules' wants a list",
        "rules: [{id: a, id: b}] | 'id' is there twice",
        "rules: [{id: deny-labels}] | there is another rule 'deny-labels'",
        "rules: [{id: untrusted-pull-requests}] | there is another rule",
        "rules: [{id: labels}] | there is another rule 'labels'",
        "rules: [{id: }] | 'id' has no value here",
        "rules: [{id: [a]}] | 'id' wants plain text here",
        "rules: [{id: a, action: admit}] | 'action' wants 'deny' or 'isolate', not 'admit'",
        "rules: [{id: a, limits: }] | 'limits' is empty",
        "rules: [{id: a, limits: {}}] | 'limits' is empty",
        "rules: [{id: a, limits: [b]}] | limits is a mapping",
        "rules: [{id: a, limits: {max_cpus: -1}}] | 'max_cpus': A job needs more than 0",
        "rules: [{id: a, branches: }] | 'branches' is empty",
        "rules: [{id: a, branches: main}] | 'branches' wants a list",
        "rules: [{id: a, branches: [!main ]}] | 'branches' has a YAML tag here; put the text in quotes",
        "rules: [{id: a, branches: ['!']}] | 'branches' wants something behind the '!'",
        "rules: [{id: a, trust: [stranger]}] | 'trust' wants 'fork', 'member' or 'unknown'",
        "rules: [{id: a, orgs: [Acme]}] | 'orgs': Not a valid org id: 'Acme'",
        "rules: [{id: a, when: }] | 'when' has no value here",
        "deny_labels: ['!gpu'] | 'deny_labels' wants whole names",
        "deny_labels: [gpu, ''] | 'deny_labels' has no value here",
        "block_title_patterns: ['(((a{1000}){1000}){1000})'] | too large a regular expression",
        "rules: &a [*a] | aliases such as *name are not read",
        "a: [[[[[[[[[1]]]]]]]]] | nested deeper",
        "? [a] : b | a key is plain text",
        "deny_labels: [ | this is not YAML",
        "a: b: c | this is not YAML",
        "'@' | a policy is a mapping",
      })
  void aMistakeIsNamed(String policy, String problem) {
    assertThat(problems(policy)).anySatisfy(said -> assertThat(said).contains(problem));
  }

  @Test
  void thereIsOneDocument() {
    assertThat(problems("rules: []\n---\nrules: []\n"))
        .containsExactly("'p.yaml' line 2: this is not YAML: but found another document.");
  }

  @Test
  void sizesAreLimited() {
    var tooLong = "x".repeat(1_001);
    var many =
        IntStream.range(0, 501).mapToObj(i -> "- id: r" + i).collect(Collectors.joining("\n"));
    var items = "a,".repeat(1_001);

    assertThat(problems("deny_labels: [" + tooLong + "]"))
        .containsExactly("'p.yaml' line 1: 'deny_labels' has 1001 characters here (at most 1000).");
    assertThat(problems("rules:\n" + many))
        .containsExactly("'p.yaml' line 502: 501 rules (at most 500).");
    assertThat(problems("deny_labels: [" + items + "]"))
        .containsExactly("'p.yaml' line 1: 'deny_labels' has 1001 items (at most 1000).");
    assertThat(PolicyDocument.of("p.yaml", new byte[(1 << 20) + 1]))
        .isEqualTo(new Reading.Bad(List.of("'p.yaml' is larger than 1048576 bytes.")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[", "{", "- ", "? ", "a: ", ": ", "'", "\"", "!", "&a ", "[&a ", "{a: ", "- - ", "\t", "%",
        "#", "|\n", ">", "a,", "\n ", "\u2028"
      })
  void aMegabyteOfAnythingIsReadToItsEnd(String part) {
    var times = (1 << 20) / part.getBytes(StandardCharsets.UTF_8).length;

    assertThat(Written.read(part.repeat(times))).isNotInstanceOf(Reading.Good.class);
  }

  @Test
  void aFloodOfMistakesIsCut() {
    var policy =
        IntStream.range(0, 80).mapToObj(i -> "k" + i + ": 1").collect(Collectors.joining("\n"));

    assertThat(problems(policy)).hasSize(51).last().isEqualTo("'p.yaml' has 30 more problems.");
  }

  @Test
  void whatIsNotTextIsRefused() {
    assertThat(PolicyDocument.of("p.yaml", new byte[] {(byte) 0xff, (byte) 0xfe}))
        .isEqualTo(new Reading.Bad(List.of("'p.yaml' is not UTF-8 text.")));
  }

  @Test
  void aFileThatIsNotThereEndsTheStart() {
    assertThatThrownBy(() -> PolicyDocument.load(Path.of("/no/such/policy.yaml")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Cannot read policy '/no/such/policy.yaml': there is no such file.");
  }
}
