package dev.nimbus.api.identity;

import java.time.Instant;
import java.util.List;

/** What is known of a token that was made. */
public record TokenView(
    String audience,
    String subject,
    String org,
    long version,
    List<String> scopes,
    Instant issuedAt,
    Instant expiresAt,
    String issuedBy,
    boolean revoked) {}
