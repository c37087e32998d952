package dev.nimbus.service.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How people write values. Every failure is an {@link IllegalArgumentException} fit to be shown.
 */
final class Texts {
  private static final Map<String, ChronoUnit> TIME =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "", ChronoUnit.SECONDS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);
  private static final List<String> POWERS = List.of("", "k", "m", "g", "t");

  private Texts() {}

  static int number(String text, int min, int max) {
    try {
      var value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a whole number", e);
    }
    throw new IllegalArgumentException("not between " + min + " and " + max);
  }

  static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  static Duration duration(String text) {
    var digits = digits(text);
    var unit = TIME.get(text.substring(digits).strip().toLowerCase(Locale.ROOT));
    if (digits == 0 || unit == null) {
      throw new IllegalArgumentException("not a duration such as 500ms, 30s, 5m, 2h or 7d");
    }
    return countable(whole(text, digits), unit);
  }

  /** Whoever waits counts nanoseconds, of which 292 years are the most there are. */
  private static Duration countable(long count, ChronoUnit unit) {
    try {
      var duration = Duration.of(count, unit);
      return Duration.ofNanos(duration.toNanos());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("longer than 292 years", e);
    }
  }

  static long bytes(String text) {
    var digits = digits(text);
    var unit = text.substring(digits).strip().toLowerCase(Locale.ROOT);
    var decimal = unit.length() == 2 && unit.endsWith("b");
    var power = POWERS.indexOf(unit.replaceFirst("i?b$", ""));
    if (digits == 0 || power < 0) {
      throw new IllegalArgumentException("not a size such as 100kB, 512MiB or 2G");
    }
    try {
      return Math.multiplyExact(whole(text, digits), (long) Math.pow(decimal ? 1000 : 1024, power));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("larger than any size", e);
    }
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a path: " + e.getReason(), e);
    }
  }

  static List<String> list(String text) {
    return Arrays.stream(text.split(text.indexOf('\n') < 0 ? "," : "\n", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  static URI uri(String text) {
    var uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    var web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null) {
      throw new IllegalArgumentException("not an address such as https://ci.example.org");
    }
    return uri;
  }

  private static int digits(String text) {
    var end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static long whole(String text, int digits) {
    try {
      return Long.parseLong(text.substring(0, digits));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("too large a number", e);
    }
  }
}
