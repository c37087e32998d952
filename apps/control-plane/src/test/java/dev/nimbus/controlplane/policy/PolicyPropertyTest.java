package dev.nimbus.controlplane.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.policy.PolicyDocument.Reading;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.policy.Rulebook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.statistics.Statistics;

/** Whatever is thrown at policy, it decides, or says what is wrong. */
final class PolicyPropertyTest {
  private static final Path EXAMPLE = Path.of("../../examples/policy.yaml");

  private final byte[] example;
  private final Rulebook rules;

  PolicyPropertyTest() throws IOException {
    this.example = Files.readAllBytes(EXAMPLE);
    this.rules = PolicyDocument.load(EXAMPLE).rules();
  }

  @Property
  void anyTextIsAPolicyOrSaysWhatIsWrong(@ForAll("files") String text) {
    count(judged(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  @Property
  void anExampleWithAnythingChangedIsAPolicyOrSaysWhatIsWrong(
      @ForAll("changes") List<Tuple2<Integer, Byte>> changes) {
    var changed = example.clone();
    changes.forEach(change -> changed[change.get1() % changed.length] = change.get2());

    count(judged(changed), 2);
  }

  @Property
  void anyJobIsDecidedAndEqualJobsEqually(@ForAll("jobs") Asked job) {
    var judgement = rules.judge(Written.ACME, job.build());

    assertThat(rules.judge(Written.ACME, job.build())).isEqualTo(judgement);
    assertThat(judgement.steps())
        .allSatisfy(step -> assertThat(step.why()).isNotBlank().doesNotContain("\u0000", "\n"));
    count(judgement.admission() instanceof Admission.Admitted, 1);
  }

  @Property
  void aLabelMoreNeverAdmitsWhatAListDenies(
      @ForAll("labels") List<String> labels, @ForAll("label") String more) {
    var lists = Written.rules("{deny_labels: [gpu, nimbus], deny_repositories: [acme/till]}");
    var longer = new ArrayList<>(labels);
    longer.add(more);
    var denied = !Written.denier(lists, Asked.job().labelled(labels)).isEmpty();

    if (denied) {
      assertThat(Written.denier(lists, Asked.job().labelled(longer))).isNotEmpty();
    }
    count(denied, 5);
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(
            "deny_labels:",
            "require_labels:",
            "rules:",
            "- id: a",
            "id:",
            "- ",
            "  ",
            "\n",
            "[",
            "]",
            "{",
            "}",
            ",",
            ": ",
            "'",
            "\"",
            "|",
            ">",
            "&a ",
            "*a",
            "!x ",
            "#",
            "---",
            "...",
            "?",
            "%YAML 1.2",
            "when: job.labels",
            "limits:",
            "max_cpus: 1",
            "labels: ['*']",
            "\t",
            "\u0000",
            "\u0007",
            "é",
            "🙂",
            "<<: ",
            "~",
            "null",
            "block_title_patterns: ['",
            "(a*)*",
            "{1000}",
            "action: isolate",
            "pool: [x]",
            "mode: shadow")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<Tuple2<Integer, Byte>>> changes() {
    var place = Arbitraries.integers().between(0, 100_000);
    return Combinators.combine(place, Arbitraries.bytes())
        .as(Tuple::of)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<Asked> jobs() {
    var repository = Arbitraries.of("acme/shop", "acme/till", "x/y");
    var event = Arbitraries.of("push", "pull_request", "workflow_dispatch", "");
    var branch = Arbitraries.oneOf(Arbitraries.of("main", "release/1", ""), label());
    var asked =
        Combinators.combine(repository, event, branch, Arbitraries.of(Trust.class))
            .as((of, by, on, trust) -> Asked.job().of(of).causedBy(by).on(on).trusted(trust));
    return Combinators.combine(asked, labels(), label(), label())
        .as((job, labels, title, actor) -> job.labelled(labels).titled(title).by(actor));
  }

  @Provide
  Arbitrary<List<String>> labels() {
    return Arbitraries.oneOf(Arbitraries.just("nimbus"), label()).list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> label() {
    return Arbitraries.of(
            "nimbus",
            "gpu",
            "cpus:",
            "memory:",
            "image:",
            "param:",
            "meta:",
            "4",
            "GiB",
            "=",
            ":",
            "NaN",
            "-",
            "1e99",
            "*",
            "!",
            "?",
            "İ",
            "ß",
            "🙂",
            "\ud83d",
            "\u0000",
            "\u202e",
            " ",
            "\n",
            "'",
            "\\",
            "a".repeat(600))
        .list()
        .ofMaxSize(3)
        .map(parts -> String.join("", parts));
  }

  /** Sees to it that both outcomes were tried. */
  private static void count(boolean outcome, double least) {
    Statistics.collect(outcome);
    Statistics.coverage(seen -> seen.check(true).percentage(share -> share >= least));
    Statistics.coverage(seen -> seen.check(false).percentage(share -> share >= least));
  }

  private static boolean judged(byte[] contents) {
    return switch (PolicyDocument.of("p.yaml", contents)) {
      case Reading.Good(var document) -> {
        var _ = document.rules().judge(Written.ACME, Asked.job().build());
        yield true;
      }
      case Reading.Empty _ -> false;
      case Reading.Bad(var problems) -> {
        assertThat(problems).isNotEmpty().allMatch(problem -> problem.startsWith("'p.yaml' "));
        yield false;
      }
    };
  }
}
