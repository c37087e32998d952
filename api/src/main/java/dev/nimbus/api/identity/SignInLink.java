package dev.nimbus.api.identity;

import java.time.Instant;

/** A link that signs a browser in, once. */
public record SignInLink(String path, Instant expiresAt) {}
