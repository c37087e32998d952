package dev.nimbus.core.provider;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A host as its provider sees it.
 *
 * @param id as the provider calls it
 * @param type of the machines it takes, as in their {@link Cell}
 * @param ready whether a machine could start on it now, were it free
 * @param machines what is on it, as the provider calls them
 * @param tags those of ours it carries
 * @param releasableAt before which it cannot be given back
 */
public record RentedHost(
    String id,
    String place,
    String type,
    boolean ready,
    List<String> machines,
    Map<String, String> tags,
    Instant allocatedAt,
    Instant releasableAt) {
  public RentedHost {
    machines = List.copyOf(machines);
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** Whether a machine could start on it now. */
  public boolean free() {
    return ready && machines.isEmpty();
  }
}
