package dev.nimbus.api.forge;

import dev.nimbus.json.Meaning;
import java.util.List;

/** What a check of a connection found, by harmless calls. */
public record ForgeCheck(boolean fine, List<Finding> findings) {
  /** One thing looked at. */
  public record Finding(
      String what, boolean fine, @Meaning("Empty when all is well.") String advice) {}
}
