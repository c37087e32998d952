package dev.nimbus.logpipeline.http;

import dev.nimbus.api.log.LogBatch;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.log.Batch;
import dev.nimbus.core.log.Line;
import dev.nimbus.service.token.Principal;
import java.util.ArrayList;
import java.util.Locale;

/** Lines as they are sent, and as they are kept. */
final class Wire {
  /** Lines of one request; shippers send fewer. */
  static final int MAX_LINES = 10_000;

  private static final int SHOWN_CHARS = 40;

  private Wire() {}

  static LogLine sent(Line line) {
    return new LogLine(
        line.job().value(),
        line.attempt().value(),
        line.sequence(),
        line.at(),
        word(line.source()),
        word(line.level()),
        line.text(),
        line.complete());
  }

  /** The lines of a lease; {@code INVALID} names the first that is wrong, counting from zero. */
  static Batch kept(LogBatch batch, Principal.Job lease) {
    if (batch.lines().isEmpty() || batch.lines().size() > MAX_LINES) {
      throw invalid("Cannot store lines: a batch has 1 to " + MAX_LINES);
    }
    var lines = new ArrayList<Line>(batch.lines().size());
    var previous = 0L;
    for (var i = 0; i < batch.lines().size(); i++) {
      var line = kept(batch.lines().get(i), i, lease);
      if (line.sequence() <= previous) {
        throw wrong(i, "sequence " + line.sequence() + " does not rise above " + previous);
      }
      previous = line.sequence();
      lines.add(line);
    }
    return new Batch(lines);
  }

  private static Line kept(LogLine line, int index, Principal.Job lease) {
    if (line.sequence() < 1) {
      throw wrong(index, "sequence " + line.sequence() + " is less than 1");
    }
    if (line.text().length() > Line.MAX_CHARS) {
      throw wrong(
          index,
          "its text '%s' has %d characters (at most %d)"
              .formatted(shown(line.text()), line.text().length(), Line.MAX_CHARS));
    }
    return new Line(
        lease.job(),
        lease.fence(),
        line.sequence(),
        line.at(),
        source(line.source(), index),
        level(line.level(), index),
        line.text(),
        line.complete());
  }

  private static Line.Source source(String word, int index) {
    return switch (word) {
      case "console" -> Line.Source.CONSOLE;
      case "nimbus" -> Line.Source.NIMBUS;
      default -> throw wrong(index, "source '" + shown(word) + "' is not console or nimbus");
    };
  }

  private static Line.Level level(String word, int index) {
    return switch (word) {
      case "debug" -> Line.Level.DEBUG;
      case "info" -> Line.Level.INFO;
      case "warn" -> Line.Level.WARN;
      case "error" -> Line.Level.ERROR;
      default ->
          throw wrong(index, "level '" + shown(word) + "' is not debug, info, warn or error");
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
  }

  private static NimbusException wrong(int index, String why) {
    return invalid("Cannot store line " + index + " of the batch: " + why);
  }

  private static NimbusException invalid(String message) {
    return new NimbusException(Kind.INVALID, message);
  }
}
