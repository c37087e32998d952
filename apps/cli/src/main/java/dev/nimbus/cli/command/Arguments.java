package dev.nimbus.cli.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command line said, by option.
 *
 * @param options values by the option's name; a flag that is there has one empty value
 */
public record Arguments(Map<String, List<String>> options, List<String> operands) {
  public Arguments {
    operands = List.copyOf(operands);
  }

  public boolean has(Option option) {
    return options.containsKey(option.name());
  }

  public Optional<String> text(Option option) {
    return options.getOrDefault(option.name(), List.of()).stream().findFirst();
  }

  public List<String> texts(Option option) {
    return options.getOrDefault(option.name(), List.of());
  }

  /** The only operand. */
  public String operand() {
    return operands.getFirst();
  }

  /** A whole number within bounds, or the fallback. */
  public int number(Option option, int fallback, int min, int max) {
    var text = text(option);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      var number = Integer.parseInt(text.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw WrongUsage.of(option, text.get(), bounds(min, max), e);
    }
    throw WrongUsage.of(option, text.get(), bounds(min, max));
  }

  private static String bounds(int min, int max) {
    return "a whole number from " + min + " to " + max;
  }
}
