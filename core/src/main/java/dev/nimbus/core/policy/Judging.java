package dev.nimbus.core.policy;

import dev.nimbus.core.policy.Admission.Denial;
import dev.nimbus.core.policy.Judgement.Result;
import dev.nimbus.core.policy.Judgement.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** One decision while it is made. */
final class Judging {
  private final Facts facts;
  private final List<Step> steps = new ArrayList<>();
  private final List<Denial> shadowed = new ArrayList<>();
  private final LinkedHashSet<String> pool = new LinkedHashSet<>();
  private Optional<Denial> denial = Optional.empty();

  Judging(Facts facts) {
    this.facts = facts;
  }

  /** Rules that are watched are always asked, the others until one denies. */
  void ask(Rule rule) {
    if (!rule.concerns(facts.org()) || (denial.isPresent() && rule.mode() == Rule.Mode.ENFORCE)) {
      return;
    }
    switch (rule.of(facts)) {
      case Rule.Verdict.Silent _ -> {}
      case Rule.Verdict.Bites(var why) -> bites(rule, rule.action(), why);
      case Rule.Verdict.Undecided(var why) -> bites(rule, new Rule.Action.Deny(), why);
    }
  }

  Judgement judgement() {
    Admission admission =
        denial.isPresent()
            ? new Admission.Denied(denial.get(), shadowed)
            : new Admission.Admitted(List.copyOf(pool), shadowed);
    return new Judgement(admission, steps);
  }

  private void bites(Rule rule, Rule.Action action, String why) {
    if (rule.mode() == Rule.Mode.SHADOW) {
      shadowed.add(new Denial(rule.id(), why));
      steps.add(new Step(rule.id(), Result.SHADOWED, why));
      return;
    }
    switch (action) {
      case Rule.Action.Deny _ -> {
        denial = Optional.of(new Denial(rule.id(), why));
        steps.add(new Step(rule.id(), Result.DENIED, why));
      }
      case Rule.Action.Isolate(var labels) -> {
        pool.addAll(labels);
        steps.add(new Step(rule.id(), Result.ISOLATED, why));
      }
    }
  }
}
