package dev.nimbus.core.forge;

import java.time.Duration;
import java.util.Map;

/** A forge that says how many calls it still allows. */
public interface Metered {
  /** Calls left by the forge's own name of the limit, over all credentials; empty when unsaid. */
  Map<String, Long> callsLeft();

  /** How long calls that are left must last before there are more; an hour for most. */
  default Duration callsLast() {
    return Duration.ofHours(1);
  }
}
