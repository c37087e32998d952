package dev.nimbus.api.lease;

import dev.nimbus.json.Meaning;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The lease goes on. */
public record RenewReply(
    Instant until,
    long ttlMs,
    @Meaning("Somebody wants the job stopped.") boolean cancelling,
    @Meaning("A fresh one in place of the last.") @Nullable String jobToken) {}
