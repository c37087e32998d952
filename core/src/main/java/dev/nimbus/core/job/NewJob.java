package dev.nimbus.core.job;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;

/**
 * A job about to be admitted.
 *
 * @param onceKey what makes a repeated submission the same one, unique within the tenant; a caller
 *     that named none gets the job's own id
 * @param digest of the request, so that one key with two different requests is noticed
 */
public record NewJob(
    OrgId org,
    JobId id,
    Repository repository,
    JobSpec spec,
    Requirements requirements,
    Metadata metadata,
    String onceKey,
    String digest) {
  private static final int MAX_KEY = 255;

  public NewJob {
    if (onceKey.isBlank() || onceKey.length() > MAX_KEY) {
      throw new IllegalArgumentException(
          "An idempotency key has 1 to " + MAX_KEY + " characters: '" + onceKey + "'");
    }
  }

  /** The same under another once key. */
  public NewJob once(String key) {
    return new NewJob(org, id, repository, spec, requirements, metadata, key, digest);
  }
}
