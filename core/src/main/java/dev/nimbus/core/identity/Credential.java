package dev.nimbus.core.identity;

import dev.nimbus.core.id.OrgId;
import java.time.Instant;
import java.util.List;

/** A token that was issued: everything about it but itself. */
public record Credential(
    OrgId org,
    String audience,
    String subject,
    long version,
    List<String> scopes,
    Instant issuedAt,
    Instant expiresAt,
    String issuedBy,
    boolean revoked) {
  public Credential {
    scopes = List.copyOf(scopes);
  }
}
