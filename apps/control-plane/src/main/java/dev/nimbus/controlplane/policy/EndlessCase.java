package dev.nimbus.controlplane.policy;

import com.google.re2j.Pattern;

/**
 * Nine Cyrillic letters whose capitals RE2/J 1.8 looks for without end on a Java that knows them:
 * where capitals do not count, neither they nor a range that may hold them can be compiled. Told a
 * little too often rather than too seldom.
 */
final class EndlessCase {
  private static final int FIRST = 0x1c80;
  private static final int LAST = 0x1c88;
  private static final java.util.regex.Pattern CHARACTER =
      java.util.regex.Pattern.compile(
          "(-?)(?:\\\\x\\{([0-9A-Fa-f]{1,8})\\}|(.))", java.util.regex.Pattern.DOTALL);

  private EndlessCase() {}

  /** Whether a text may be one that is never compiled. */
  static boolean in(String text, int flags) {
    var folds = (flags & Pattern.CASE_INSENSITIVE) != 0 || text.contains("(?");
    if (!folds) {
      return false;
    }
    var match = CHARACTER.matcher(text);
    while (match.find()) {
      var character = character(match);
      var ends = !match.group(1).isEmpty();
      if (character >= FIRST && (ends || character <= LAST)) {
        return true;
      }
    }
    return false;
  }

  private static long character(java.util.regex.Matcher match) {
    return match.group(2) == null
        ? match.group(3).codePointAt(0)
        : Long.parseLong(match.group(2), 16);
  }
}
