package dev.nimbus.testkit.provider.hetzner;

import java.util.Map;
import java.util.regex.Pattern;

/** Labels, and what selects by them. */
final class Labels {
  private static final Pattern KEY =
      Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?");
  private static final Pattern EQUAL = Pattern.compile("([^=!]+)==?([^=]*)");
  private static final Pattern OTHER = Pattern.compile("([^=!]+)!=([^=]*)");

  private Labels() {}

  static void check(Map<String, String> labels) {
    labels.forEach(
        (key, value) -> {
          var fine = KEY.matcher(key).matches();
          if (!fine || (!value.isEmpty() && !KEY.matcher(value).matches())) {
            throw Said.invalid("labels", "label %s=%s is invalid".formatted(key, value));
          }
        });
  }

  /** Whether a selector of the simple kinds chooses something; an empty one chooses all. */
  static boolean choose(String selector, Map<String, String> labels) {
    if (selector.isEmpty()) {
      return true;
    }
    for (var part : selector.split(",", -1)) {
      if (!chosen(part.strip(), labels)) {
        return false;
      }
    }
    return true;
  }

  private static boolean chosen(String part, Map<String, String> labels) {
    var other = OTHER.matcher(part);
    if (other.matches()) {
      return !other.group(2).equals(labels.get(other.group(1)));
    }
    var equal = EQUAL.matcher(part);
    if (equal.matches()) {
      return equal.group(2).equals(labels.get(equal.group(1)));
    }
    return part.startsWith("!") ? !labels.containsKey(part.substring(1)) : labels.containsKey(part);
  }
}
