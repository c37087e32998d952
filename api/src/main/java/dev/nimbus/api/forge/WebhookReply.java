package dev.nimbus.api.forge;

import dev.nimbus.json.Meaning;
import org.jspecify.annotations.Nullable;

/** What became of a delivery. */
public record WebhookReply(
    @Meaning("It was received before.") boolean duplicate,
    @Meaning("Whether the job it announces may run; absent when it announces none.")
        @Nullable Boolean admitted,
    @Meaning("Ours that serves it.") @Nullable String job,
    @Meaning("Why not, or why nothing was done; may be empty.") String reason) {}
