package dev.nimbus.core.policy;

import dev.nimbus.core.forge.ForgeJob;

/** The job has one of these values in a field. What the forge does not say is like empty text. */
public record FieldCondition(Field field, Patterns patterns) implements Condition {
  @Override
  public Answer of(Facts facts) {
    return patterns.mean(field.of(facts.job()))
        ? new Answer.Holds(field.words(facts.job()))
        : new Answer.Misses();
  }

  @Override
  public boolean unsure(ForgeJob job) {
    return field.of(job).isBlank();
  }

  @Override
  public String words() {
    return field.words(patterns);
  }
}
