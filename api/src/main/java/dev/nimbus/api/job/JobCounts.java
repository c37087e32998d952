package dev.nimbus.api.job;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many jobs of the tenant are in each state.
 *
 * @param states by the state's word; states without jobs may be absent
 */
public record JobCounts(Map<String, Long> states) {
  public JobCounts {
    states = Collections.unmodifiableMap(new TreeMap<>(states));
  }
}
