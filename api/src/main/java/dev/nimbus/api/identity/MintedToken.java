package dev.nimbus.api.identity;

import java.time.Instant;

/** A token, shown once. */
public record MintedToken(
    String token, String audience, String subject, String org, long version, Instant expiresAt) {}
