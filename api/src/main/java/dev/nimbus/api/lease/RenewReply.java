package dev.nimbus.api.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The lease goes on.
 *
 * @param cancelling somebody wants the job stopped
 * @param jobToken a fresh one when the last is getting old
 */
public record RenewReply(
    Instant until, long ttlMs, boolean cancelling, @Nullable String jobToken) {}
