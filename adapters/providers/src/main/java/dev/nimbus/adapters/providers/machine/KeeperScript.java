package dev.nimbus.adapters.providers.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The script that keeps machines, with one call of it. All of it is meant for the input of a shell:
 * no word of it is seen in a list of processes, and it needs no file on the host.
 */
final class KeeperScript {
  private final String functions;

  private KeeperScript(String functions) {
    this.functions = functions;
  }

  static KeeperScript load() {
    try (var stream = KeeperScript.class.getResourceAsStream("keeper.sh")) {
      if (stream == null) {
        throw new IllegalStateException("keeper.sh is not on the class path");
      }
      return new KeeperScript(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read keeper.sh", e);
    }
  }

  /** A call without input. */
  String calling(List<String> words) {
    return functions + call(words) + " </dev/null\nexit\n";
  }

  /**
   * A call with a text as its input.
   *
   * @param input ends a line, and has no character 0
   */
  String calling(List<String> words, String input) {
    var end = endFor(input);
    return functions + call(words) + " <<'" + end + "'\n" + input + end + "\nexit\n";
  }

  private static String call(List<String> words) {
    return words.stream()
        .map(KeeperScript::quoted)
        .collect(Collectors.joining(" ", "keeper ", " ."));
  }

  /** One word of a shell, whatever is in it. */
  static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** A line that the text does not have. */
  private static String endFor(String text) {
    var end = "END_OF_INPUT";
    while (text.startsWith(end + "\n") || text.contains("\n" + end + "\n")) {
      end += "_";
    }
    return end;
  }
}
