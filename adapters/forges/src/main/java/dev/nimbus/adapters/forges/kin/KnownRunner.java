package dev.nimbus.adapters.forges.kin;

import dev.nimbus.core.forge.ForgeRunner;
import dev.nimbus.core.id.RunnerName;
import java.util.Optional;

/**
 * A runner as its forge tells of it.
 *
 * @param description words of whoever registered it; empty where a forge keeps none
 * @param active whether the forge says that it is busy, which it forgets after some seconds of
 *     silence
 */
public record KnownRunner(
    long id, String name, String description, boolean online, boolean active) {
  private static final int LONGEST_NAME = 128;

  /** The same as everybody knows it, when its name says that it is ours. */
  Optional<ForgeRunner> ours() {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    var ours = new RunnerName(name);
    return ours.sandbox().map(_ -> new ForgeRunner(Long.toString(id), ours, online, active));
  }
}
