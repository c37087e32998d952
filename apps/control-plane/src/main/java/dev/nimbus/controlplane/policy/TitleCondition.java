package dev.nimbus.controlplane.policy;

import com.google.re2j.Pattern;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.policy.Condition;
import dev.nimbus.core.policy.Facts;
import dev.nimbus.core.policy.Words;
import java.util.List;

/** A regular expression is found in the title of what caused the job, or in its workflow's name. */
record TitleCondition(List<Pattern> patterns) implements Condition {
  TitleCondition {
    patterns = List.copyOf(patterns);
  }

  /** An expression that is found wherever it stands, in capitals or not. */
  static Pattern pattern(String text) {
    return SafePattern.compile(text, Pattern.CASE_INSENSITIVE);
  }

  @Override
  public Answer of(Facts facts) {
    for (var pattern : patterns) {
      if (found(pattern, facts.job().title())) {
        return new Answer.Holds("with a title like " + Words.quoted(pattern.pattern()));
      }
      if (found(pattern, facts.job().workflow())) {
        return new Answer.Holds("with a workflow like " + Words.quoted(pattern.pattern()));
      }
    }
    return new Answer.Misses();
  }

  @Override
  public boolean unsure(ForgeJob job) {
    return job.title().isEmpty();
  }

  @Override
  public String words() {
    var shown = Words.either(patterns.stream().map(Pattern::pattern).toList());
    return "with a title or workflow like " + shown;
  }

  private static boolean found(Pattern pattern, String text) {
    return !text.isEmpty() && pattern.matcher(text).find();
  }
}
