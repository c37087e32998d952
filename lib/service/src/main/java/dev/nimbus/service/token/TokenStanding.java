package dev.nimbus.service.token;

import org.jspecify.annotations.Nullable;

/**
 * What a control plane says of the token that was shown to it.
 *
 * @param counts whether it is good for anything
 * @param why it is not; absent while it is
 */
public record TokenStanding(boolean counts, @Nullable String why) {}
