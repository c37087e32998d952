package dev.nimbus.api.lease;

import dev.nimbus.core.id.HostId;
import dev.nimbus.json.Meaning;

/** What a host has room for, and how long it will wait to be given something. */
public record LeaseRequest(
    @Meaning(pattern = HostId.PATTERN) String host,
    int freeMilliCpus,
    long freeMemoryBytes,
    @Meaning("How many more jobs it wants; zero only listens for cancellations.") int slots,
    @Meaning("How long the answer may be held back when there is nothing to say.") long waitMs) {}
