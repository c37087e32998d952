package dev.nimbus.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.policy.Admission.Denial;
import dev.nimbus.core.policy.Judgement.Result;
import dev.nimbus.core.policy.Patterns.Letters;
import dev.nimbus.core.policy.Rule.Action;
import dev.nimbus.core.policy.Rule.Mode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RulebookTest {
  private static final OrgId ACME = new OrgId("acme");
  private static final Action DENY = new Action.Deny();
  private static final Condition GPU =
      new LabelCondition(Patterns.of(List.of("gpu"), Letters.FOLDED));

  @Test
  void theFirstRuleThatDeniesDecides() {
    var book =
        book(
            rule("one", DENY, field(Field.BRANCH, "dev")),
            rule("two", DENY, GPU),
            rule("three", DENY, GPU));

    assertThat(denier(book, Asked.job().labelled("GPU"))).isEqualTo("two");
    assertThat(denier(book, Asked.job().labelled("gpu").on("dev"))).isEqualTo("one");
  }

  @Test
  void aJobNoRuleMeansIsAdmittedToAnyHost() {
    assertThat(decide(book(rule("gpu", DENY, GPU)), Asked.job()))
        .isEqualTo(new Admission.Admitted(List.of(), List.of()));
  }

  @Test
  void everyConditionOfARuleMustHold() {
    var book = book(rule("both", DENY, GPU, field(Field.BRANCH, "dev")));

    assertThat(denier(book, Asked.job().labelled("gpu"))).isEmpty();
    assertThat(denier(book, Asked.job().on("dev"))).isEmpty();
    assertThat(denier(book, Asked.job().labelled("gpu").on("dev"))).isEqualTo("both");
  }

  @Test
  void aRuleWithoutConditionsMeansEveryJob() {
    assertThat(denier(book(rule("freeze", DENY)), Asked.job())).isEqualTo("freeze");
  }

  @Test
  void poolsAddUpOnceEach() {
    var book = book(rule("a", isolate("walled", "slow"), GPU), rule("b", isolate("slow", "far")));

    assertThat(decide(book, Asked.job().labelled("gpu")))
        .isEqualTo(new Admission.Admitted(List.of("walled", "slow", "far"), List.of()));
  }

  @Test
  void aDenialBeatsThePoolsBeforeIt() {
    var book = book(rule("a", isolate("walled")), rule("b", DENY));

    assertThat(denier(book, Asked.job())).isEqualTo("b");
  }

  @Test
  void aRuleThatIsWatchedChangesNothingAndIsRecorded() {
    var book = book(shadow("s", DENY), shadow("t", isolate("walled")), rule("c", isolate("far")));

    var admission = (Admission.Admitted) decide(book, Asked.job());

    assertThat(admission.pool()).containsExactly("far");
    assertThat(admission.shadowed()).extracting(Denial::rule).containsExactly("s", "t");
  }

  @Test
  void watchedRulesAreAskedEvenAfterADenial() {
    var book = book(rule("a", DENY), rule("b", DENY), shadow("s", DENY));

    assertThat(book.judge(ACME, Asked.job().build()).steps())
        .extracting(step -> step.rule() + " " + step.result())
        .containsExactly("a " + Result.DENIED, "s " + Result.SHADOWED);
  }

  @Test
  void aRuleForOneTenantIsSilentForOthers() {
    var rule = new Rule("a", List.of(ACME), List.of(), DENY, Mode.ENFORCE, "");
    var book = book(rule);

    assertThat(denier(book, Asked.job())).isEqualTo("a");
    assertThat(book.decide(new OrgId("other"), Asked.job().build()))
        .isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void whatCannotBeSaidDeniesWhateverTheRuleWouldDo() {
    var book = book(rule("odd", isolate("walled"), new Unsayable()));

    var denied = (Admission.Denied) decide(book, Asked.job());

    assertThat(denied.by().rule()).isEqualTo("odd");
    assertThat(denied.by().why()).isEqualTo("rule 'odd' cannot be decided: the moon is in the way");
  }

  @Test
  void whatCannotBeSaidOfAWatchedRuleIsOnlyRecorded() {
    var rule = new Rule("odd", List.of(), List.of(new Unsayable()), DENY, Mode.SHADOW, "");

    assertThat(decide(book(rule), Asked.job()).shadowed()).hasSize(1);
    assertThat(denier(book(rule), Asked.job())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpus:many", "memory:-1"})
  void aJobWhoseLabelsCannotBeReadIsDenied(String label) {
    var denied = (Admission.Denied) decide(book(), Asked.job().labelled(label));

    assertThat(denied.by().rule()).isEqualTo("labels");
    assertThat(denied.by().why()).contains(label);
  }

  @Test
  void aLabelOfUnboundedLengthIsDenied() {
    assertThat(denier(book(), Asked.job().labelled("x".repeat(401)))).isEqualTo("labels");
    assertThat(denier(book(), Asked.job().labelled("x".repeat(400)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "push, MEMBER, ''",
    "push, UNKNOWN, ''",
    "push, FORK, untrusted-pull-requests",
    "pull_request, MEMBER, ''",
    "pull_request, FORK, untrusted-pull-requests",
    "pull_request, UNKNOWN, untrusted-pull-requests",
    "Pull_Request_Target, UNKNOWN, untrusted-pull-requests",
    "merge_request_event, UNKNOWN, untrusted-pull-requests",
    "'', MEMBER, ''",
    "'', FORK, untrusted-pull-requests",
    "'', UNKNOWN, unknown-origin",
  })
  void withoutRulesOnlyTheCodeOfMembersRuns(String event, Trust trust, String denier) {
    assertThat(denier(Rulebook.DEFAULT, Asked.job().causedBy(event, trust))).isEqualTo(denier);
  }

  @Test
  void strangersCanBeSentToAPoolInstead() {
    var book = book(Rulebook.untrusted(isolate("walled")), Rulebook.untold(DENY));

    assertThat(decide(book, Asked.job().causedBy("pull_request", Trust.FORK)))
        .isEqualTo(new Admission.Admitted(List.of("walled"), List.of()));
  }

  @Test
  void itIsUnsureOfWhatTheForgeHasNotSaidAndARuleLooksAt() {
    var untold = Asked.job().causedBy("", Trust.UNKNOWN).build();

    assertThat(Rulebook.DEFAULT.unsure(ACME, untold)).isTrue();
    assertThat(Rulebook.DEFAULT.unsure(ACME, Asked.job().build())).isFalse();
    assertThat(book(rule("gpu", DENY, GPU)).unsure(ACME, untold)).isFalse();
    assertThat(book(rule("dev", DENY, field(Field.BRANCH, "dev"))).unsure(ACME, untold)).isFalse();
    assertThat(book(rule("pr", DENY, field(Field.EVENT, "push"))).unsure(ACME, untold)).isTrue();
    assertThat(AdmissionPolicy.OPEN.unsure(ACME, untold)).isFalse();
  }

  @Test
  void aDenialNamesItsRuleAndWhatTheJobHas() {
    var book =
        book(
            rule(
                "gpu-dev",
                DENY,
                GPU,
                field(Field.BRANCH, "d*"),
                new TrustCondition(Set.of(Trust.MEMBER))));

    assertThat(why(book, Asked.job().labelled("Gpu").on("dev")))
        .isEqualTo(
            "rule 'gpu-dev' denies jobs with label 'gpu', on branch 'dev', with trust 'member'");
  }

  @Test
  void aMessageIsSaidInstead() {
    var rule = new Rule("a", List.of(), List.of(GPU), DENY, Mode.ENFORCE, "Ask the GPU team.");

    assertThat(why(book(rule), Asked.job().labelled("gpu"))).isEqualTo("Ask the GPU team.");
  }

  @Test
  void rulesAreExplainedInSentences() {
    var conditions = List.of(field(Field.REPOSITORY, "acme/*", "!acme/shop"), GPU);
    var watched = new Rule("a", List.of(ACME), conditions, isolate("walled"), Mode.SHADOW, "");

    assertThat(rule("freeze", DENY).sentence()).isEqualTo("Denies every job.");
    assertThat(watched.sentence())
        .isEqualTo(
            "Only recorded: allows only hosts labelled walled for jobs of repository 'acme/*'"
                + " but 'acme/shop', with label 'gpu' (tenants: acme).");
    assertThat(Rulebook.DEFAULT.rules())
        .extracting(Rule::sentence)
        .containsExactly(
            "Denies jobs from a fork or from a pull request of nobody knows whom.",
            "Denies jobs whose cause the forge does not say.");
  }

  private static Rulebook book(Rule... rules) {
    return new Rulebook(List.of(rules));
  }

  private static Rule rule(String id, Action action, Condition... conditions) {
    return new Rule(id, List.of(), List.of(conditions), action, Mode.ENFORCE, "");
  }

  private static Rule shadow(String id, Action action) {
    return new Rule(id, List.of(), List.of(), action, Mode.SHADOW, "");
  }

  private static Action isolate(String... pool) {
    return new Action.Isolate(List.of(pool));
  }

  private static Condition field(Field field, String... patterns) {
    return new FieldCondition(field, Patterns.of(List.of(patterns), field.letters()));
  }

  private static Admission decide(Rulebook book, Asked job) {
    return book.decide(ACME, job.build());
  }

  private static String denier(Rulebook book, Asked job) {
    return decide(book, job) instanceof Admission.Denied denied ? denied.by().rule() : "";
  }

  private static String why(Rulebook book, Asked job) {
    return ((Admission.Denied) decide(book, job)).by().why();
  }

  private record Unsayable() implements Condition {
    @Override
    public Answer of(Facts facts) {
      return new Answer.Broken("the moon is in the way");
    }

    @Override
    public boolean unsure(ForgeJob job) {
      return false;
    }

    @Override
    public String words() {
      return "under a moon";
    }
  }
}
