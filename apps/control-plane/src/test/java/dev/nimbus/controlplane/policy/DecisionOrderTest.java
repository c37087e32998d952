package dev.nimbus.controlplane.policy;

import static dev.nimbus.controlplane.policy.Written.denier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.policy.Rule;
import dev.nimbus.core.policy.Rulebook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Of two rules that deny, the earlier decides, for every two of them. */
final class DecisionOrderTest {
  /** Written in another order than they are asked in. */
  private static final String POLICY =
      """
      rules:
        - {id: gpu, labels: [gpu]}
        - {id: dev, branches: [dev]}
        - {id: mallory, when: job.actor == 'mallory'}
      unknown_origin: deny
      untrusted_pull_requests: deny
      block_title_patterns: [danger]
      require_labels: [nimbus]
      deny_labels: [production]
      deny_repositories: [acme/shop, other/shop]
      allow_repositories: [acme/shop, acme/till]
      """;

  private static final List<Breach> BREACHES =
      List.of(
          new Breach("allow-repositories", job -> job.of("other/shop")),
          new Breach("deny-repositories", job -> job.of("acme/shop")),
          new Breach("deny-labels", job -> with(job, "production")),
          new Breach("require-labels", DecisionOrderTest::withoutNimbus),
          new Breach("block-title-patterns", job -> job.titled("Danger ahead")),
          new Breach("untrusted-pull-requests", job -> job.trusted(Trust.FORK)),
          new Breach("unknown-origin", job -> job.causedBy("").trusted(Trust.UNKNOWN)),
          new Breach("gpu", job -> with(job, "gpu")),
          new Breach("dev", job -> job.on("dev")),
          new Breach("mallory", job -> job.by("mallory")));

  private final Rulebook rules = Written.rules(POLICY);

  @Test
  void aJobThatBreaksNothingIsAdmitted() {
    assertThat(denier(rules, innocent())).isEmpty();
  }

  @Test
  void theRulesAreAskedInTheirOrder() {
    assertThat(rules.rules())
        .extracting(Rule::id)
        .containsExactlyElementsOf(BREACHES.stream().map(Breach::rule).toList());
  }

  @Test
  void theEarlierOfTwoBrokenRulesDecides() {
    for (var first = 0; first < BREACHES.size(); first++) {
      for (var second = first; second < BREACHES.size(); second++) {
        assertThat(denier(rules, broken(first, second)))
            .as("%s and %s", BREACHES.get(first).rule(), BREACHES.get(second).rule())
            .isEqualTo(BREACHES.get(first).rule());
      }
    }
  }

  /** Else the test above would not notice. A job cannot be both of a fork and of nobody known. */
  @Test
  void exchangingTwoNeighboursShows() {
    for (var at = 0; at + 1 < rules.rules().size(); at++) {
      var order = new ArrayList<>(rules.rules());
      Collections.swap(order, at, at + 1);
      var shows = !deniers(new Rulebook(order)).equals(deniers(rules));
      assertThat(shows)
          .as("exchanging %s with the next", BREACHES.get(at).rule())
          .isEqualTo(!BREACHES.get(at).rule().equals("untrusted-pull-requests"));
    }
  }

  @Test
  void leavingOutAnyRuleShows() {
    for (var rule : rules.rules()) {
      var rest = rules.rules().stream().filter(other -> !other.equals(rule)).toList();
      assertThat(deniers(new Rulebook(rest)))
          .as("without %s", rule.id())
          .isNotEqualTo(deniers(rules));
    }
  }

  private static List<String> deniers(Rulebook rules) {
    var deniers = new ArrayList<String>();
    for (var first = 0; first < BREACHES.size(); first++) {
      for (var second = first; second < BREACHES.size(); second++) {
        deniers.add(denier(rules, broken(first, second)));
      }
    }
    return deniers;
  }

  /** The first last, as some breaches are of the same field. */
  private static Asked broken(int first, int second) {
    return BREACHES.get(first).of().apply(BREACHES.get(second).of().apply(innocent()));
  }

  private static Asked innocent() {
    return Asked.job().of("acme/till").labelled("nimbus");
  }

  private static Asked with(Asked job, String label) {
    var labels = new ArrayList<>(job.labels());
    labels.add(label);
    return job.labelled(labels);
  }

  private static Asked withoutNimbus(Asked job) {
    return job.labelled(job.labels().stream().filter(label -> !label.equals("nimbus")).toList());
  }

  private record Breach(String rule, UnaryOperator<Asked> of) {}
}
