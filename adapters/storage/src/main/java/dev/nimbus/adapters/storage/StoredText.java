package dev.nimbus.adapters.storage;

/** Text that both databases can keep: neither NUL characters nor halves of surrogate pairs. */
final class StoredText {
  private static final char REPLACEMENT = '\ufffd';

  private StoredText() {}

  static String clean(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) == 0 || Character.isSurrogate(text.charAt(i))) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    ? REPLACEMENT
                    : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
