package dev.nimbus.core.policy;

import dev.nimbus.core.forge.ForgeJob;

/** The job has a label that is meant, and none that is spared. */
public record LabelCondition(Patterns patterns) implements Condition {
  @Override
  public Answer of(Facts facts) {
    if (facts.labels().stream().anyMatch(patterns::spare)) {
      return new Answer.Misses();
    }
    if (patterns.meanTheRest()) {
      return new Answer.Holds(words());
    }
    for (var label : facts.labels()) {
      if (patterns.mean(label)) {
        return new Answer.Holds("with label " + Words.quoted(label));
      }
    }
    return new Answer.Misses();
  }

  @Override
  public boolean unsure(ForgeJob job) {
    return false;
  }

  @Override
  public String words() {
    var without = "without label " + patterns.sparedWords();
    if (patterns.meanTheRest()) {
      return without;
    }
    var with = "with label " + patterns.meantWords();
    return patterns.sparesNothing() ? with : with + " and " + without;
  }
}
