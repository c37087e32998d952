package dev.nimbus.core.cost;

import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Requirements;

/**
 * Jobs that are alike: the same job of the same workflow, asking for the same.
 *
 * @param workflow empty when it has none
 * @param job its name within the workflow, empty when it has none
 */
public record Workload(Repository repository, String workflow, String job, Requirements asked) {}
