package dev.nimbus.api.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line.
 *
 * @param job null inside a {@link LogBatch}, which names it once
 * @param source console or nimbus
 * @param level debug, info, warn or error
 * @param complete false when the line goes on in the next one
 */
public record LogLine(
    @Nullable String job,
    @Nullable Long attempt,
    long sequence,
    Instant at,
    String source,
    String level,
    String text,
    boolean complete) {}
