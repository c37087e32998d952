package dev.nimbus.core.policy;

import dev.nimbus.core.forge.ForgeJob;
import java.util.List;
import java.util.Locale;

/** The job lacks one of these labels, which stand for themselves. */
public record MissingLabelCondition(List<String> required) implements Condition {
  public MissingLabelCondition {
    required = required.stream().map(label -> label.strip().toLowerCase(Locale.ROOT)).toList();
  }

  @Override
  public Answer of(Facts facts) {
    for (var label : required) {
      if (!facts.labels().contains(label)) {
        return new Answer.Holds("without label " + Words.quoted(label));
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
    return "without label " + Words.either(required);
  }
}
