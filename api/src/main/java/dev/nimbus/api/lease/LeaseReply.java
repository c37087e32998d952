package dev.nimbus.api.lease;

import java.util.List;

/**
 * What a host is to do now.
 *
 * @param cancel jobs it holds that somebody wants stopped
 */
public record LeaseReply(List<Grant> leases, List<String> cancel) {}
