package dev.nimbus.adapters.providers.machine;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.List;

/**
 * What the keeper of a host answered: lines of a word and a text, of which the last says how it
 * ended. Whatever else a login prints is passed over.
 */
record Reply(List<Line> lines, String errors) {
  private static final String MARK = "nimbus ";
  private static final int MOST_ERRORS = 300;

  Reply {
    lines = List.copyOf(lines);
  }

  record Line(String word, String text) {}

  static Reply of(Shell.Output output) {
    var lines =
        output
            .printed()
            .lines()
            .filter(line -> line.startsWith(MARK))
            .map(line -> line.substring(MARK.length()).strip().split(" ", 2))
            .map(parts -> new Line(parts[0], parts.length == 1 ? "" : parts[1]))
            .toList();
    return new Reply(lines, output.errors());
  }

  /** How it ended; an empty word when its answer is not whole. */
  Line last() {
    return lines.isEmpty() ? new Line("", "") : lines.getLast();
  }

  /** What is thrown when it ended in no way a correct caller must handle. */
  NimbusException failure(String doing) {
    var last = last();
    return switch (last.word()) {
      case "denied" -> new NimbusException(Kind.DENIED, doing + ": " + last.text());
      case "invalid" -> new NimbusException(Kind.INTERNAL, doing + ": " + last.text());
      case "failed", "refused" -> new NimbusException(Kind.UNAVAILABLE, doing + ": " + last.text());
      default -> new NimbusException(Kind.UNAVAILABLE, doing + ": no whole answer" + said());
    };
  }

  private String said() {
    var text = errors.strip().replaceAll("\\s+", " ");
    if (text.isEmpty()) {
      return "";
    }
    return ", but '" + text.substring(0, Math.min(text.length(), MOST_ERRORS)) + "'";
  }
}
