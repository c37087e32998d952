package dev.nimbus.core.policy;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.policy.Rule.Action;
import dev.nimbus.core.policy.Rule.Mode;
import java.util.List;
import java.util.Set;

/**
 * Rules in their order: the first that denies decides, pools add up. A job whose labels cannot be
 * read is denied.
 */
public record Rulebook(List<Rule> rules) implements AdmissionPolicy {
  /** The rule that denies jobs whose labels cannot be read. */
  public static final String LABELS = "labels";

  /** The rule about pull requests from forks. */
  public static final String UNTRUSTED = "untrusted-pull-requests";

  /** The rule about jobs of which the forge says too little. */
  public static final String UNTOLD = "unknown-origin";

  /** What an installation has before it writes rules: only the code of members runs. */
  public static final Rulebook DEFAULT =
      new Rulebook(List.of(untrusted(new Action.Deny()), untold(new Action.Deny())));

  public Rulebook {
    rules = List.copyOf(rules);
  }

  /** Decides about pull requests from forks, and those of which it is not known. */
  public static Rule untrusted(Action action) {
    var from = new OriginCondition(Set.of(Origin.FORK, Origin.UNSURE));
    return new Rule(UNTRUSTED, List.of(), List.of(from), action, Mode.ENFORCE, "");
  }

  /**
   * Decides about jobs of which the forge says neither whose code they run nor what caused them.
   */
  public static Rule untold(Action action) {
    var from = new OriginCondition(Set.of(Origin.UNTOLD));
    return new Rule(UNTOLD, List.of(), List.of(from), action, Mode.ENFORCE, "");
  }

  @Override
  public Admission decide(OrgId org, ForgeJob job) {
    return judge(org, job).admission();
  }

  @Override
  public boolean unsure(OrgId org, ForgeJob job) {
    return rules.stream()
        .filter(rule -> rule.concerns(org))
        .flatMap(rule -> rule.conditions().stream())
        .anyMatch(condition -> condition.unsure(job));
  }

  /** Decides, and says what each rule had to say. */
  public Judgement judge(OrgId org, ForgeJob job) {
    final Facts facts;
    try {
      facts = Facts.of(org, job);
    } catch (NimbusException e) {
      return unreadable(e);
    }
    var judging = new Judging(facts);
    rules.forEach(judging::ask);
    return judging.judgement();
  }

  private static Judgement unreadable(NimbusException e) {
    var why = Words.plain(e.getMessage() == null ? "its labels cannot be read" : e.getMessage());
    var denial = new Admission.Denial(LABELS, why);
    return new Judgement(
        new Admission.Denied(denial, List.of()),
        List.of(new Judgement.Step(LABELS, Judgement.Result.DENIED, why)));
  }
}
