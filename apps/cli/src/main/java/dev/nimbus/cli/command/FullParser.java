package dev.nimbus.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads any command line, right or wrong, and explains. */
final class FullParser<C> {
  private final CommandLine commandLine;
  private final Look look;

  FullParser(Program<C> program, Look look) {
    this.commandLine = PicocliModel.of(program).setUsageHelpWidth(Math.max(55, look.width()));
    this.look = look;
  }

  Parsed<C> parse(List<String> words) {
    try {
      return answer(commandLine.parseArgs(words.toArray(String[]::new)));
    } catch (ParameterException e) {
      return mistake(e.getCommandLine(), message(e));
    }
  }

  private Parsed<C> answer(ParseResult result) {
    var last = result;
    while (true) {
      if (last.isUsageHelpRequested()) {
        return new Parsed.Say<>(0, usage(last.commandSpec().commandLine()), "");
      }
      if (last.isVersionHelpRequested()) {
        return new Parsed.Say<>(0, last.commandSpec().version()[0] + "\n", "");
      }
      if (!last.hasSubcommand()) {
        return leaf(last);
      }
      last = last.subcommand();
    }
  }

  private Parsed<C> leaf(ParseResult result) {
    var line = result.commandSpec().commandLine();
    @SuppressWarnings("unchecked") // the model was made from a Program<C>
    var command = (Command<C>) result.commandSpec().userObject();
    return switch (command) {
      case Command.Group<C> group when group.name().equals(commandLine.getCommandName()) ->
          new Parsed.Say<>(0, usage(line), "");
      case Command.Group<C> _ -> new Parsed.Say<>(2, "", usage(line));
      case Command.Leaf<C> leaf -> checked(line, leaf, arguments(leaf, result));
    };
  }

  private Parsed<C> checked(CommandLine line, Command.Leaf<C> leaf, Arguments arguments) {
    var operands = arguments.operands();
    if (!leaf.grammar().allows(operands.size())) {
      var missing = operands.isEmpty();
      return mistake(
          line,
          missing
              ? leaf.grammar().operand().getFirst().label() + " is missing"
              : "unexpected argument '" + operands.getLast() + "'");
    }
    for (var option : leaf.grammar().options()) {
      for (var value : arguments.texts(option)) {
        if (option.shape() instanceof Option.Shape.Value(_, var choices) && !option.allows(value)) {
          var wanted = "one of " + String.join(", ", choices);
          return mistake(line, option.name() + " is '" + value + "', but wants " + wanted);
        }
      }
    }
    return new Parsed.Run<>(new Call<>(leaf, arguments));
  }

  private static Arguments arguments(Command.Leaf<?> leaf, ParseResult result) {
    var options = new LinkedHashMap<String, List<String>>();
    for (var option : leaf.grammar().options()) {
      var matched = result.matchedOption(option.name());
      if (matched != null) {
        options.put(
            option.name(),
            option.takesValue() ? List.copyOf(matched.originalStringValues()) : List.of(""));
      }
    }
    var operands = new ArrayList<String>();
    result.matchedPositionals().forEach(p -> operands.addAll(p.originalStringValues()));
    return new Arguments(options, operands);
  }

  private Parsed<C> mistake(CommandLine at, String message) {
    var hint = "Try: " + at.getCommandSpec().qualifiedName() + " --help";
    return new Parsed.Say<>(2, "", "nimbus: " + message + "\n" + hint + "\n");
  }

  private static String message(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(e.getMessage());
    }
    var word = unmatched.getUnmatched().getFirst();
    var suggestions = unmatched.getSuggestions();
    var meant =
        suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
    return what(unmatched) + " '" + word + "'" + meant;
  }

  private static String what(UnmatchedArgumentException e) {
    if (e.isUnknownOption()) {
      return "unknown option";
    }
    return e.getCommandLine().getSubcommands().isEmpty()
        ? "unexpected argument"
        : "unknown command";
  }

  private String usage(CommandLine line) {
    return line.getUsageMessage(look.colour() ? Ansi.ON : Ansi.OFF);
  }
}
