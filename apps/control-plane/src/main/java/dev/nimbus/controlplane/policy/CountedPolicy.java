package dev.nimbus.controlplane.policy;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.policy.AdmissionPolicy;
import dev.nimbus.core.policy.Rulebook;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;

/**
 * Rules whose decisions are counted, by the rule that made them. What a rule is called comes from
 * the file, never from a job, so there are only so many.
 */
final class CountedPolicy implements AdmissionPolicy {
  private static final String NO_RULE = "-";

  private final Rulebook rules;
  private final Counter decisions;

  private CountedPolicy(Rulebook rules, Counter decisions) {
    this.rules = rules;
    this.decisions = decisions;
  }

  static CountedPolicy of(Rulebook rules, Metrics metrics) {
    var decisions =
        metrics.counter(
            "nimbus_control_plane_policy_decisions_total",
            "What policy decided about jobs of forges, by rule; - for admissions",
            "rule",
            "result");
    return new CountedPolicy(rules, decisions);
  }

  @Override
  public Admission decide(OrgId org, ForgeJob job) {
    var judgement = rules.judge(org, job);
    judgement.steps().forEach(step -> decisions.increment(step.rule(), step.result().word()));
    if (judgement.admission() instanceof Admission.Admitted) {
      decisions.increment(NO_RULE, "admitted");
    }
    return judgement.admission();
  }

  @Override
  public boolean unsure(OrgId org, ForgeJob job) {
    return rules.unsure(org, job);
  }
}
