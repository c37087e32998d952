package dev.nimbus.cli.command;

import java.util.List;
import java.util.function.Supplier;

/**
 * Every command of a program.
 *
 * @param version what {@code --version} prints
 */
public record Program<C>(Command.Group<C> root, String version) {
  /**
   * Reads a command line. Never throws: a mistake is something to say.
   *
   * @param look asked for when something is to be said
   */
  public Parsed<C> parse(List<String> words, Supplier<Look> look) {
    var quick = QuickParser.parse(root, words);
    if (quick.isPresent()) {
      return new Parsed.Run<>(quick.get());
    }
    return new FullParser<>(this, look.get()).parse(words);
  }
}
