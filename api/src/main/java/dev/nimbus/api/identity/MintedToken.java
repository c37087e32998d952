package dev.nimbus.api.identity;

import dev.nimbus.json.Meaning;
import java.time.Instant;

/** A token, shown once. */
public record MintedToken(
    String token,
    String audience,
    String subject,
    String org,
    @Meaning("Counts the subject's tokens; revoking ends those there are.") long version,
    Instant expiresAt) {}
