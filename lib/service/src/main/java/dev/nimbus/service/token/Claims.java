package dev.nimbus.service.token;

import java.time.Instant;

/**
 * What a token says.
 *
 * @param version counts the tokens of a subject, so that older ones can be revoked together; 0 for
 *     tokens nobody counts, such as those of jobs
 */
public record Claims(Principal principal, long version, Instant expiresAt) {
  public Claims {
    if (version < 0) {
      throw new IllegalArgumentException("Not a token version: " + version);
    }
  }
}
