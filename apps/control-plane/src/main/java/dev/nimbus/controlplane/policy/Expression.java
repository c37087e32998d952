package dev.nimbus.controlplane.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.policy.Condition;
import dev.nimbus.core.policy.Facts;
import java.util.List;
import java.util.Optional;

/** An expression holds. One that fails cannot be said, which denies. */
final class Expression implements Condition {
  private final String text;
  private final Program program;
  private final List<Variable> variables;

  Expression(String text, Program program, List<Variable> variables) {
    this.text = text;
    this.program = program;
    this.variables = variables;
  }

  @Override
  public Answer of(Facts facts) {
    try {
      var result = program.eval(name -> value(name, facts));
      if (result instanceof Boolean holds) {
        return holds ? new Answer.Holds(words()) : new Answer.Misses();
      }
      return new Answer.Broken("its expression is neither true nor false");
    } catch (CelEvaluationException e) {
      return new Answer.Broken(why(e));
    }
  }

  @Override
  public boolean unsure(ForgeJob job) {
    return variables.stream().anyMatch(variable -> variable.unsaid(job));
  }

  @Override
  public String words() {
    return "for which " + text;
  }

  private Optional<Object> value(String name, Facts facts) {
    for (var variable : variables) {
      if (variable.word().equals(name)) {
        return Optional.of(variable.of(facts));
      }
    }
    return Optional.empty();
  }

  private static String why(CelEvaluationException e) {
    return String.valueOf(e.getMessage())
        .replaceFirst("^evaluation error(?: at <input>:\\d+)?: ", "its expression fails: ");
  }
}
