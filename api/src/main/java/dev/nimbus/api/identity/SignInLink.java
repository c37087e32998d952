package dev.nimbus.api.identity;

import dev.nimbus.json.Meaning;
import java.time.Instant;

/** A link that signs a browser in, once. */
public record SignInLink(
    @Meaning("Path and query, on this service.") String path, Instant expiresAt) {}
