package dev.nimbus.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a command line that is plainly right, and declines every other: those are {@link
 * FullParser}'s, which explains. It exists because picocli needs as long to start as the rest of
 * the program; where this parser answers, both give the same answer.
 */
final class QuickParser {
  private final Grammar grammar;
  private final Map<String, List<String>> options = new LinkedHashMap<>();
  private final List<String> operands = new ArrayList<>();
  private int next;

  private QuickParser(Grammar grammar, int next) {
    this.grammar = grammar;
    this.next = next;
  }

  static <C> Optional<Call<C>> parse(Command.Group<C> root, List<String> words) {
    Command<C> command = root;
    var next = 0;
    while (command instanceof Command.Group<C> group) {
      if (next == words.size()) {
        return Optional.empty();
      }
      var found = child(group, words.get(next++));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      command = found.get();
    }
    var leaf = (Command.Leaf<C>) command;
    return new QuickParser(leaf.grammar(), next)
        .arguments(words)
        .map(arguments -> new Call<>(leaf, arguments));
  }

  private static <C> Optional<Command<C>> child(Command.Group<C> group, String name) {
    for (var command : group.commands()) {
      if (command.name().equals(name)) {
        return Optional.of(command);
      }
    }
    return Optional.empty();
  }

  private Optional<Arguments> arguments(List<String> words) {
    while (next < words.size()) {
      var word = words.get(next++);
      if (word.equals("--")) {
        operands.addAll(words.subList(next, words.size()));
        break;
      }
      if (word.startsWith("-")) {
        if (!option(word, words)) {
          return Optional.empty();
        }
      } else {
        operands.add(word);
        if (grammar.verbatim()) {
          operands.addAll(words.subList(next, words.size()));
          break;
        }
      }
    }
    return grammar.allows(operands.size())
        ? Optional.of(new Arguments(options, operands))
        : Optional.empty();
  }

  private boolean option(String word, List<String> words) {
    var equals = word.startsWith("--") ? word.indexOf('=') : -1;
    var name = equals < 0 ? word : word.substring(0, equals);
    var found = grammar.option(name);
    if (found.isEmpty()) {
      return false;
    }
    var option = found.get();
    if (!option.takesValue()) {
      return equals < 0 && add(option, "");
    }
    if (equals >= 0) {
      return add(option, word.substring(equals + 1));
    }
    return next < words.size()
        && !words.get(next).startsWith("-")
        && add(option, words.get(next++));
  }

  private boolean add(Option option, String value) {
    var values = options.computeIfAbsent(option.name(), _ -> new ArrayList<>());
    if (!option.allows(value) || (!values.isEmpty() && !option.repeatable())) {
      return false;
    }
    return values.add(value);
  }
}
