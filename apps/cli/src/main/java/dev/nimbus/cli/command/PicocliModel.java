package dev.nimbus.cli.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands of a program as picocli knows them; each spec's user object is our command. */
final class PicocliModel {
  private PicocliModel() {}

  static <C> CommandLine of(Program<C> program) {
    var spec = spec(program.root());
    spec.version(program.version());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version.")
            .build());
    return new CommandLine(spec)
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(false)
        .setAllowSubcommandsAsOptionParameters(true)
        .setAllowOptionsAsOptionParameters(false);
  }

  private static CommandSpec spec(Command<?> command) {
    var spec = CommandSpec.wrapWithoutInspection(command).name(command.name());
    describe(spec, command.manual());
    switch (command) {
      case Command.Group<?> group ->
          group.commands().forEach(child -> spec.addSubcommand(child.name(), spec(child)));
      case Command.Leaf<?> leaf -> fill(spec, leaf.grammar());
    }
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    return spec;
  }

  private static void describe(CommandSpec spec, Manual manual) {
    var usage = spec.usageMessage();
    usage.hidden(manual.hidden());
    usage.abbreviateSynopsis(true);
    usage.sortOptions(false);
    usage.sortSynopsis(false);
    usage.description(
        manual.details().isEmpty()
            ? new String[] {manual.summary()}
            : new String[] {manual.summary(), "", manual.details()});
    usage.optionListHeading("%nOptions:%n");
    usage.parameterListHeading("%n");
    usage.commandListHeading("%nCommands:%n");
    if (!manual.examples().isEmpty()) {
      usage.footerHeading("%nExamples:%n");
      usage.footer(manual.examples().stream().map(PicocliModel::example).toArray(String[]::new));
    }
  }

  private static String example(String line) {
    return "  " + line.replace("%", "%%");
  }

  private static void fill(CommandSpec spec, Grammar grammar) {
    spec.parser().stopAtPositional(grammar.verbatim());
    grammar.operand().forEach(operand -> spec.addPositional(positional(operand)));
    grammar.options().forEach(option -> spec.addOption(option(option)));
  }

  private static PositionalParamSpec positional(Operand operand) {
    var max = operand.max() == Integer.MAX_VALUE ? "*" : String.valueOf(operand.max());
    return PositionalParamSpec.builder()
        .index("0.." + (operand.max() == Integer.MAX_VALUE ? "*" : operand.max() - 1))
        .arity(operand.min() + ".." + max)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(operand.label())
        .description(operand.description())
        .build();
  }

  private static OptionSpec option(Option option) {
    var builder =
        OptionSpec.builder(option.names().toArray(String[]::new)).description(description(option));
    return switch (option.shape()) {
      case Option.Shape.Flag _ -> builder.type(boolean.class).arity("0").build();
      case Option.Shape.Value(var label, var choices) ->
          builder
              .type(String.class)
              .arity("1")
              .paramLabel(label)
              .completionCandidates(choices)
              .build();
      case Option.Shape.Repeated(var label) ->
          builder
              .type(List.class)
              .auxiliaryTypes(String.class)
              .arity("1")
              .paramLabel(label)
              .build();
    };
  }

  private static String description(Option option) {
    var repeated = option.repeatable() ? " May be repeated." : "";
    return (option.description() + repeated).replace("%", "%%");
  }
}
