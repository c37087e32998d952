package dev.nimbus.api;

import dev.nimbus.json.Meaning;
import java.util.List;

/** What a check of a connection or an account found, by harmless calls. */
public record Check(boolean fine, List<Finding> findings) {
  /** One thing looked at. */
  public record Finding(
      String what, boolean fine, @Meaning("Empty when all is well.") String advice) {}
}
