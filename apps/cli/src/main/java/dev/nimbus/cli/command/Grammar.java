package dev.nimbus.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What may follow the name of a command.
 *
 * @param operand at most one kind of it
 * @param verbatim whether everything from the first operand on belongs to somebody else, options
 *     included
 */
public record Grammar(List<Option> options, List<Operand> operand, boolean verbatim) {
  public static final Grammar NOTHING = new Grammar(List.of(), List.of(), false);

  public Grammar {
    options = List.copyOf(options);
    operand = List.copyOf(operand);
  }

  public static Grammar of(Option... options) {
    return new Grammar(List.of(options), List.of(), false);
  }

  public Grammar and(List<Option> more) {
    var all = new ArrayList<>(options);
    all.addAll(more);
    return new Grammar(all, operand, verbatim);
  }

  public Grammar taking(Operand taken) {
    return new Grammar(options, List.of(taken), verbatim);
  }

  public Grammar takingVerbatim(Operand taken) {
    return new Grammar(options, List.of(taken), true);
  }

  Optional<Option> option(String name) {
    for (var option : options) {
      if (option.names().contains(name)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  boolean allows(int operands) {
    if (operand.isEmpty()) {
      return operands == 0;
    }
    return operands >= operand.getFirst().min() && operands <= operand.getFirst().max();
  }
}
