package dev.nimbus.api.host;

import java.util.List;

/**
 * What the control plane makes of a registration.
 *
 * @param drop sandboxes of those it holds that are no longer its own and must be destroyed
 */
public record RegisterReply(String org, long leaseTtlMs, List<String> drop) {}
