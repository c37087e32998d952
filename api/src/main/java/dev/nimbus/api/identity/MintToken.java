package dev.nimbus.api.identity;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.json.Meaning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token to make. */
public record MintToken(
    @Meaning(words = {"admin", "agent", "service"}) String audience,
    @Meaning(
            value = "Who it is for, such as a host or a person.",
            pattern = "[A-Za-z0-9._@-]{1,128}")
        String subject,
    @Meaning(value = "The caller's own when absent.", pattern = OrgId.PATTERN) @Nullable String org,
    @Meaning("None when absent; every-org lets it name any tenant.") @Nullable List<String> scopes,
    @Meaning("One hour when absent.") @Nullable Long ttlSeconds) {}
