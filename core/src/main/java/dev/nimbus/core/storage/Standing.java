package dev.nimbus.core.storage;

import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.org.OrgStanding;
import java.time.Instant;

/**
 * What a waiting job waits behind.
 *
 * @param ahead waiting jobs of the same tenant that are older
 * @param repositoryRunning jobs of its repository under a lease
 * @param notBefore until when it is postponed; long ago when it is not
 */
public record Standing(
    Requirements requirements,
    OrgStanding org,
    long ahead,
    int repositoryRunning,
    Instant notBefore) {}
