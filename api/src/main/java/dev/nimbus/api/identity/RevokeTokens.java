package dev.nimbus.api.identity;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.json.Meaning;
import org.jspecify.annotations.Nullable;

/** Ends every token of a subject. */
public record RevokeTokens(
    @Meaning(words = {"admin", "agent", "service"}) String audience,
    String subject,
    @Meaning(value = "The caller's own when absent.", pattern = OrgId.PATTERN)
        @Nullable String org) {}
