package dev.nimbus.api.lease;

import dev.nimbus.json.Meaning;
import java.util.List;

/** What a host is to do now. */
public record LeaseReply(
    List<Grant> leases,
    @Meaning("Jobs it holds that somebody wants stopped.") List<String> cancel) {}
