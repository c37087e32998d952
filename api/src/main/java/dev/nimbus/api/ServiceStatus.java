package dev.nimbus.api;

import java.time.Instant;
import java.util.Map;

/**
 * What a service says of itself.
 *
 * @param facts a few counts worth seeing
 */
public record ServiceStatus(
    String service, String version, Instant startedAt, Map<String, String> facts) {
  /** The version of this build, as in the root pom. */
  public static final String VERSION = "0.1.0-SNAPSHOT";
}
