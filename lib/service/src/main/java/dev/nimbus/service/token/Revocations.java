package dev.nimbus.service.token;

import dev.nimbus.core.id.OrgId;

/** Says which versions of tokens still count. Thread-safe. */
@FunctionalInterface
public interface Revocations {
  /** The lowest version of a subject's tokens that is still good; 0 when nothing is known of it. */
  long lowestValid(OrgId org, Audience audience, String subject);

  /** For services that rely on tokens being short-lived. */
  static Revocations none() {
    return (_, _, _) -> 0;
  }
}
