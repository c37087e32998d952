package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;
import java.time.Instant;
import java.util.List;

/** Everything a machine needs to run its job. */
public record BootReply(
    @Meaning("The agent's token, good for this host only.") String token,
    @Meaning("When the token ends, and the machine at the latest.") Instant expiresAt,
    @Meaning("What its host is to offer.") List<String> labels) {
  /** Without the token. */
  @Override
  public String toString() {
    return "BootReply[until " + expiresAt + ", " + labels + "]";
  }
}
