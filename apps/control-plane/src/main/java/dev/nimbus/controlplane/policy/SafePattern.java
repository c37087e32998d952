package dev.nimbus.controlplane.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.nimbus.core.policy.Words;

/**
 * Compiles regular expressions whose matching takes time in proportion to the text. Such an
 * expression can still be small to write and huge to keep, as counted repetitions multiply, so its
 * size is bounded, too.
 */
final class SafePattern {
  private static final int MAX_PROGRAM = 3_000;
  private static final double MAX_GUESS = 100_000;
  private static final java.util.regex.Pattern REPEAT =
      java.util.regex.Pattern.compile("(\\)?)\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

  private SafePattern() {}

  /** Compiles; what is wrong is an {@link IllegalArgumentException} fit to be shown. */
  static Pattern compile(String text, int flags) {
    if (guess(text) > MAX_GUESS) {
      throw tooLarge(text);
    }
    if (EndlessCase.in(text, flags)) {
      throw new IllegalArgumentException(
          Words.quoted(text)
              + " is not a regular expression: where capitals do not count, no range may end beyond"
              + " U+1C7F, and U+1C80 to U+1C88 cannot be used");
    }
    try {
      var pattern = Pattern.compile(text, flags);
      if (pattern.programSize() > MAX_PROGRAM) {
        throw tooLarge(text);
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s is not a regular expression: %s".formatted(Words.quoted(text), e.getDescription()),
          e);
    }
  }

  /** Never below the size of the program, whatever is in it; a repeat multiplies what it ends. */
  private static double guess(String text) {
    var groups = 1.0;
    var longest = 1.0;
    var match = REPEAT.matcher(text);
    while (match.find()) {
      var most = Math.max(number(match.group(2)), number(match.group(3)));
      if (match.group(1).isEmpty()) {
        longest = Math.max(longest, most);
      } else {
        groups *= Math.max(1, most);
      }
    }
    return text.length() * groups * longest;
  }

  private static double number(String digits) {
    return digits == null || digits.isEmpty() ? 0 : Double.parseDouble(digits);
  }

  private static IllegalArgumentException tooLarge(String text) {
    return new IllegalArgumentException(
        Words.quoted(text) + " is too large a regular expression: its repetitions multiply");
  }
}
