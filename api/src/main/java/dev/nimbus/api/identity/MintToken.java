package dev.nimbus.api.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token to make.
 *
 * @param audience admin, agent or service
 * @param subject who it is for, such as a host or a person
 * @param org the caller's own when absent
 * @param ttlSeconds one hour when absent
 */
public record MintToken(
    String audience,
    String subject,
    @Nullable String org,
    @Nullable List<String> scopes,
    @Nullable Long ttlSeconds) {}
