package dev.nimbus.api.log;

import dev.nimbus.json.Meaning;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line. */
public record LogLine(
    @Meaning("Absent inside a batch, which names it once.") @Nullable String job,
    @Meaning("Absent inside a batch, which names it once.") @Nullable Long attempt,
    @Meaning("Counts the lines of an attempt from one.") long sequence,
    Instant at,
    @Meaning(words = {"console", "nimbus"}) String source,
    @Meaning(words = {"debug", "info", "warn", "error"}) String level,
    String text,
    @Meaning("False when the line goes on in the next one.") boolean complete) {}
