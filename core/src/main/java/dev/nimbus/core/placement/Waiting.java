package dev.nimbus.core.placement;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Requirements;
import java.time.Instant;

/**
 * One lane of alike waiting jobs.
 *
 * @param orgRoom how many more jobs of the tenant may run now; {@code Integer.MAX_VALUE} when
 *     unbounded
 * @param repositoryRoom how many more jobs of the repository may run now; {@code Integer.MAX_VALUE}
 *     when unbounded
 * @param oldest when the job at its head came
 * @param notBefore until when its jobs are postponed; long ago when they are not
 */
public record Waiting(
    OrgId org,
    Repository repository,
    Requirements requirements,
    int jobs,
    int orgRoom,
    int repositoryRoom,
    Instant oldest,
    Instant notBefore) {}
