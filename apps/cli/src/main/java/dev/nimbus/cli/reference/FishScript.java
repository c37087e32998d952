package dev.nimbus.cli.reference;

import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.command.Program;

/** A completion script for fish. */
final class FishScript {
  private final StringBuilder script = new StringBuilder();
  private final String program;

  private FishScript(String program) {
    this.program = program;
  }

  static String of(Program<?> program) {
    var fish = new FishScript(program.root().name());
    fish.line("-f", "");
    fish.commands("__fish_use_subcommand", program.root());
    return fish.script.toString();
  }

  private void commands(String when, Command.Group<?> group) {
    for (var command : group.commands()) {
      if (command.manual().hidden()) {
        continue;
      }
      line("-n " + quoted(when) + " -a " + command.name(), command.manual().summary());
      var inside = "__fish_seen_subcommand_from " + command.name();
      if (command instanceof Command.Leaf<?> leaf) {
        leaf.grammar().options().forEach(option -> option(inside(when, inside), option));
      } else if (command instanceof Command.Group<?> inner) {
        commands(inside, inner);
      }
    }
  }

  private static String inside(String when, String here) {
    return when.equals("__fish_use_subcommand") ? here : when + "; and " + here;
  }

  private void option(String when, Option option) {
    var arguments = new StringBuilder("-n " + quoted(when));
    for (var name : option.names()) {
      arguments.append(
          name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.shape() instanceof Option.Shape.Value(_, var choices) && !choices.isEmpty()) {
      arguments.append(" -x -a ").append(quoted(String.join(" ", choices)));
    } else if (!(option.shape() instanceof Option.Shape.Flag)) {
      arguments.append(" -x");
    }
    line(arguments.toString(), option.description());
  }

  private void line(String arguments, String description) {
    script.append("complete -c ").append(program).append(' ').append(arguments);
    if (!description.isEmpty()) {
      script.append(" -d ").append(quoted(description));
    }
    script.append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
