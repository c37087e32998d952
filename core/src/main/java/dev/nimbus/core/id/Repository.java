package dev.nimbus.core.id;

import java.util.regex.Pattern;

/** A source repository as its forge names it, such as {@code acme/shop}. */
public record Repository(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._/-]{1,200}");

  /** Where jobs belong that were submitted by hand and name no repository. */
  public static final Repository NONE = new Repository("-");

  public Repository {
    if (!ALLOWED.matcher(value).matches() || value.contains("..")) {
      throw new IllegalArgumentException(
          "Not a repository: '" + value + "' (letters, digits and ._/-, at most 200)");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
