package dev.nimbus.api.identity;

import org.jspecify.annotations.Nullable;

/** Ends every token of a subject. */
public record RevokeTokens(String audience, String subject, @Nullable String org) {}
