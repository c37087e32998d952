package dev.nimbus.adapters.kubernetes;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A taint of nodes that pods of ours bear.
 *
 * @param value that the taint must have; empty for any
 * @param effect such as {@code NoSchedule}; empty for every one
 */
record Toleration(String key, String value, String effect) {
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9][A-Za-z0-9./_-]{0,252})(?:=([A-Za-z0-9._-]{0,63}))?"
              + "(?::(NoSchedule|PreferNoSchedule|NoExecute))?");

  /** Whether this is {@code key[=value][:Effect]}. */
  static boolean fits(String text) {
    return FORM.matcher(text).matches();
  }

  /** Reads {@code key[=value][:Effect]}. */
  static Toleration parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Not a toleration: '" + text + "'");
    }
    return new Toleration(parts.group(1), group(parts.group(2)), group(parts.group(3)));
  }

  /** Whether pods that carry it may be where nodes carry the taint. */
  boolean bears(String taint, String valueOfTaint, String effectOfTaint) {
    return key.equals(taint)
        && (value.isEmpty() || value.equals(valueOfTaint))
        && (effect.isEmpty() || effect.equals(effectOfTaint));
  }

  private static String group(@Nullable String text) {
    return text == null ? "" : text;
  }
}
