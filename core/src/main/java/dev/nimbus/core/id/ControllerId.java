package dev.nimbus.core.id;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One installation of Nimbus. Everything it makes at a provider carries it, so that several
 * installations may share an account and none ever touches what is another's.
 */
public record ControllerId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]{7}");

  public ControllerId {
    Objects.requireNonNull(value);
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "Not a controller id: '" + value + "' (a letter, then 7 of a-z and 0-9)");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
