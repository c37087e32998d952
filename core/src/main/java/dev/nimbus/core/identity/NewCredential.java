package dev.nimbus.core.identity;

import dev.nimbus.core.id.OrgId;
import java.time.Instant;
import java.util.List;

/** A token about to be issued. */
public record NewCredential(
    OrgId org,
    String audience,
    String subject,
    List<String> scopes,
    Instant expiresAt,
    String issuedBy) {
  public NewCredential {
    scopes = List.copyOf(scopes);
  }
}
