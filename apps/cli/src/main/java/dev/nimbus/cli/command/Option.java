package dev.nimbus.cli.command;

import java.util.List;

/**
 * An option of a command.
 *
 * @param names with their dashes, the long one last
 * @param description one sentence for people
 */
public record Option(List<String> names, Shape shape, String description) {
  public Option {
    names = List.copyOf(names);
  }

  /** What follows the name. */
  public sealed interface Shape {
    /** Nothing: the option is there or not. */
    record Flag() implements Shape {}

    /**
     * One value.
     *
     * @param choices the only values allowed; empty means any
     */
    record Value(String label, List<String> choices) implements Shape {}

    /** One value each time, any number of times. */
    record Repeated(String label) implements Shape {}
  }

  public static Option flag(String name, String description) {
    return new Option(List.of(name), new Shape.Flag(), description);
  }

  public static Option value(String name, String label, String description) {
    return new Option(List.of(name), new Shape.Value(label, List.of()), description);
  }

  public static Option repeated(String name, String label, String description) {
    return new Option(List.of(name), new Shape.Repeated(label), description);
  }

  /** The name it goes by. */
  public String name() {
    return names.getLast();
  }

  boolean takesValue() {
    return !(shape instanceof Shape.Flag);
  }

  boolean repeatable() {
    return shape instanceof Shape.Repeated;
  }

  /** Whether this may be its value. */
  boolean allows(String value) {
    return !(shape instanceof Shape.Value(_, var choices))
        || choices.isEmpty()
        || choices.contains(value);
  }
}
