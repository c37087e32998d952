package dev.nimbus.service.token;

import dev.nimbus.json.Meaning;
import org.jspecify.annotations.Nullable;

/** What a control plane says of the token that was shown to it. */
public record TokenStanding(
    @Meaning("Whether it is good for anything.") boolean counts,
    @Meaning("Why it is not; absent while it is.") @Nullable String why) {}
