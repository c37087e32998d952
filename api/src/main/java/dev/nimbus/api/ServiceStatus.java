package dev.nimbus.api;

import dev.nimbus.json.Meaning;
import java.time.Instant;
import java.util.Map;

/** What a service says of itself. */
public record ServiceStatus(
    String service,
    String version,
    Instant startedAt,
    @Meaning("A few counts worth seeing.") Map<String, String> facts) {
  /** The version of this build, as in the root pom. */
  public static final String VERSION = "0.1.0-SNAPSHOT";
}
