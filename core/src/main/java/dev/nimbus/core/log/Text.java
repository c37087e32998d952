package dev.nimbus.core.log;

/** Text that can be stored and sent: every character has a code point of its own. */
final class Text {
  private static final char REPLACEMENT = '\uFFFD';

  private Text() {}

  /** Replaces surrogates without their other half, which no encoding can carry. */
  static String wellFormed(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return repaired(text, i);
      }
    }
    return text;
  }

  private static String repaired(String text, int from) {
    var chars = text.toCharArray();
    for (var i = from; i < chars.length; i++) {
      if (!Character.isSurrogate(chars[i])) {
        continue;
      }
      if (i + 1 < chars.length && Character.isSurrogatePair(chars[i], chars[i + 1])) {
        i++;
      } else {
        chars[i] = REPLACEMENT;
      }
    }
    return new String(chars);
  }
}
