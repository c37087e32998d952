package dev.nimbus.service.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Sets up the log of a process: one event per line on standard error. */
public final class Logging {
  private static final Path ERRORS = Path.of("/proc/self/fd/2");

  private Logging() {}

  /** How an event becomes a line. */
  public enum Format {
    /** One JSON object. */
    JSON,
    /** For people. */
    TEXT,
    /** {@link #TEXT} on a terminal, {@link #JSON} elsewhere. */
    AUTO;

    /** Reads a format; {@link IllegalArgumentException} when it is none. */
    public static Format of(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "json" -> JSON;
        case "text" -> TEXT;
        case "auto" -> AUTO;
        default -> throw new IllegalArgumentException("not json, text or auto");
      };
    }
  }

  /**
   * Starts logging; calling again changes level and format.
   *
   * @param level ERROR, WARN, INFO, DEBUG or TRACE; anything else is {@link
   *     IllegalArgumentException}
   */
  public static void start(String level, Format format) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var parsed = Level.toLevel(level, null);
    if (parsed == null) {
      throw new IllegalArgumentException("Not a log level: '" + level + "'");
    }
    context.reset();
    install(context, parsed, encoder(format));
    PlatformLogs.forward();
  }

  static void install(LoggerContext context, Level level, Encoder<ILoggingEvent> encoder) {
    encoder.setContext(context);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(level);
  }

  private static Encoder<ILoggingEvent> encoder(Format format) {
    var people =
        switch (format) {
          case TEXT -> true;
          case JSON -> false;
          case AUTO -> errorsGoToATerminal();
        };
    return people ? new TextLines() : new JsonLines();
  }

  private static boolean errorsGoToATerminal() {
    try {
      var target = Files.readSymbolicLink(ERRORS).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
