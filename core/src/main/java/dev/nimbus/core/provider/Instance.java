package dev.nimbus.core.provider;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A machine as its provider sees it.
 *
 * @param tags those of ours it carries
 * @param type as in its {@link Cell}
 * @param createdAt by the provider's clock
 */
public record Instance(
    InstanceRef ref, String type, State state, Map<String, String> tags, Instant createdAt) {
  public Instance {
    tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** What it costs depends on it, and whether anything can run there. */
  public enum State {
    /** Made, not yet running. */
    STARTING,
    RUNNING,
    /** Exists and does nothing; many providers are paid for it all the same. */
    STOPPED,
    /** On its way to be gone. */
    ENDING
  }
}
