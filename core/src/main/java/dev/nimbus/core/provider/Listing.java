package dev.nimbus.core.provider;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The machines a provider has, as far as it answered.
 *
 * @param instances those of the places that answered
 * @param silent the places that did not, and why: nothing is known of the machines there, least of
 *     all that they are gone
 */
public record Listing(List<Instance> instances, Map<String, String> silent) {
  public Listing {
    instances = List.copyOf(instances);
    silent = Collections.unmodifiableMap(new TreeMap<>(silent));
  }

  /** Of a provider that answers as one, or not at all. */
  public static Listing whole(List<Instance> instances) {
    return new Listing(instances, Map.of());
  }
}
