package dev.nimbus.core.policy;

/**
 * A text in which {@code *} stands for any characters, or none, and {@code ?} for one. Matching
 * takes no longer than the lengths of pattern and text multiplied.
 */
final class Glob {
  private final String pattern;

  Glob(String pattern) {
    this.pattern = pattern;
  }

  /** Whether a text has a character that stands for others. */
  static boolean wild(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  boolean matches(String text) {
    var at = 0;
    var in = 0;
    var star = -1;
    var resume = 0;
    while (in < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        resume = in;
      } else if (at < pattern.length() && fits(pattern.charAt(at), text.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++resume;
      } else {
        return false;
      }
    }
    return onlyStars(at);
  }

  private boolean onlyStars(int from) {
    for (var at = from; at < pattern.length(); at++) {
      if (pattern.charAt(at) != '*') {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(char wanted, char found) {
    return wanted == '?' || wanted == found;
  }
}
