package dev.nimbus.cli.terminal;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Option;
import java.util.List;
import java.util.Locale;

/** How results are printed. */
public enum Format {
  TABLE,
  JSON,
  YAML;

  public static final Option OUTPUT =
      new Option(
          List.of("-o", "--output"),
          new Option.Shape.Value("FORMAT", List.of("table", "json", "yaml")),
          "How to print: table, json or yaml.");
  public static final Option AS_JSON = Option.flag("--json", "The same as --output json.");

  /** What every command that prints results accepts. */
  public static final List<Option> OPTIONS = List.of(OUTPUT, AS_JSON);

  public static Format of(Arguments arguments) {
    if (arguments.has(AS_JSON)) {
      return JSON;
    }
    return arguments
        .text(OUTPUT)
        .map(word -> Format.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(TABLE);
  }
}
