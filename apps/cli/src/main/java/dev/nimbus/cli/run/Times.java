package dev.nimbus.cli.run;

import java.time.Duration;
import java.time.LocalDate;

/**
 * Times as the API writes them and durations as people read them, without the formatters of the
 * JDK, which a fresh process pays for.
 */
public final class Times {
  private Times() {}

  /** Reads {@code 2026-11-22T10:00:00.123Z} as milliseconds since 1970. */
  static long millis(String text) {
    var day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    var seconds = number(text, 11, 13) * 3600L + number(text, 14, 16) * 60L + number(text, 17, 19);
    return (day * 86_400 + seconds) * 1000 + fraction(text);
  }

  private static long fraction(String text) {
    if (text.length() < 21 || text.charAt(19) != '.') {
      return 0;
    }
    var digits = text.substring(20, text.length() - 1) + "00";
    return number(digits, 0, 3);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /** Such as {@code 7 ms}, {@code 1.25 s}, {@code 3m 20s} or {@code 5h 1m}. */
  public static String words(Duration duration) {
    var millis = Math.max(0, duration.toMillis());
    var seconds = millis / 1000;
    if (millis < 1000) {
      return millis + " ms";
    }
    if (seconds < 60) {
      return seconds + "." + twoDigits(millis % 1000 / 10) + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m " + seconds % 60 + "s";
    }
    return seconds < 86_400
        ? seconds / 3600 + "h " + seconds % 3600 / 60 + "m"
        : seconds / 86_400 + "d " + seconds % 86_400 / 3600 + "h";
  }

  private static String twoDigits(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }
}
