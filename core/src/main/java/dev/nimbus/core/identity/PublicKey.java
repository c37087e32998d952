package dev.nimbus.core.identity;

import java.time.Instant;

/**
 * An Ed25519 verification key.
 *
 * @param id the {@code kid} in tokens it verifies
 * @param encoded the raw 32 bytes, base64url without padding
 * @param validUntil when tokens it signed stop to verify; {@link Instant#MAX} while it is in use
 */
public record PublicKey(String id, String encoded, Instant createdAt, Instant validUntil) {}
