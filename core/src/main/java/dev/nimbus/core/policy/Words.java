package dev.nimbus.core.policy;

import java.util.List;
import java.util.stream.Collectors;

/** Lists and values, for sentences. */
public final class Words {
  private static final int SHOWN = 5;
  private static final int LONGEST = 100;

  private Words() {}

  /** Such as {@code 'a', 'b' or 'c'}; a long list is cut. */
  public static String either(List<String> texts) {
    if (texts.size() > SHOWN) {
      var more = texts.size() - SHOWN;
      return commas(texts.subList(0, SHOWN)) + " or " + more + " more";
    }
    return texts.size() < 2
        ? commas(texts)
        : commas(texts.subList(0, texts.size() - 1)) + " or " + quoted(texts.getLast());
  }

  /** In quotes, cut, and without what a terminal would obey. */
  public static String quoted(String text) {
    return "'" + plain(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…") + "'";
  }

  /** One line without what a terminal would obey. */
  static String plain(String text) {
    var plain = new StringBuilder(text.length());
    text.codePoints().map(c -> obeyed(c) ? ' ' : c).forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean obeyed(int c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
  }

  private static String commas(List<String> texts) {
    return texts.stream().map(Words::quoted).collect(Collectors.joining(", "));
  }
}
