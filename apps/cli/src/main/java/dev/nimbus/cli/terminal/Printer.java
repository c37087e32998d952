package dev.nimbus.cli.terminal;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.json.Json;
import java.util.function.Supplier;

/** Prints one result in the form that was asked for. */
public record Printer(Shell shell, Format format) {
  public static Printer of(Shell shell, Arguments arguments) {
    return new Printer(shell, Format.of(arguments));
  }

  /** Prints a value as a document, or else as the table made for it. */
  public void print(Object value, Supplier<Table> table) {
    var width = shell.terminal().width();
    shell
        .out()
        .print(
            switch (format) {
              case JSON -> Json.pretty(value) + "\n";
              case YAML -> Yaml.of(Json.text(value));
              case TABLE -> table.get().text(width, shell.colour());
            });
    shell.out().flush();
  }
}
