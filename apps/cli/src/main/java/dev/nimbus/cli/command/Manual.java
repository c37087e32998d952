package dev.nimbus.cli.command;

import java.util.List;

/**
 * What help says of a command.
 *
 * @param summary one sentence
 * @param details further sentences, or empty
 * @param examples whole command lines, the most useful first
 */
public record Manual(String summary, String details, List<String> examples, boolean hidden) {
  public Manual {
    examples = List.copyOf(examples);
  }

  public static Manual of(String summary, String... examples) {
    return new Manual(summary, "", List.of(examples), false);
  }

  public Manual withDetails(String more) {
    return new Manual(summary, more, examples, hidden);
  }

  /** Not shown in lists of commands. */
  public Manual asHidden() {
    return new Manual(summary, details, examples, true);
  }
}
