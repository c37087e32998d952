package dev.nimbus.adapters.forges.github.scaleset;

import dev.nimbus.core.forge.ForgeJob.Trust;

/**
 * What a run knows of its jobs that a queue does not tell.
 *
 * @param attempt counts how often the run was run, from 1
 */
public record Facts(int attempt, String title, String actor, Trust trust) {
  /** Of a run that cannot be looked at. */
  public static final Facts UNKNOWN = new Facts(1, "", "", Trust.UNKNOWN);
}
