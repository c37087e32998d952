package dev.nimbus.adapters.forges.github.scaleset;

import dev.nimbus.core.id.Repository;

/** The runs jobs belong to. */
public interface Runs {
  /**
   * What a run knows now; {@link Facts#UNKNOWN} when it cannot be seen. {@code UNAVAILABLE} when
   * asking again may help.
   */
  Facts now(Repository repository, long run);

  /** The same as it was known last, so that what is said late means the attempt it was said of. */
  Facts known(Repository repository, long run);
}
