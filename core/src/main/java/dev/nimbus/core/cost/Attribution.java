package dev.nimbus.core.cost;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.provider.Owner;

/**
 * Whom a machine's cost is put down to.
 *
 * @param repository of its job
 * @param workflow of its job, empty when it has none
 * @param labels its job asked for
 */
public record Attribution(
    OrgId org, PoolName pool, Repository repository, String workflow, Labels labels) {
  public Owner owner() {
    return new Owner(org, pool);
  }

  /** The name of its group. */
  public String group(Grouping by) {
    return switch (by) {
      case ORG -> org.value();
      case POOL -> pool.value();
      case REPOSITORY -> repository.value();
      case WORKFLOW -> workflow.isEmpty() ? Grouping.NONE : repository + " " + workflow;
      case LABEL -> labels.values().isEmpty() ? Grouping.NONE : labels.toString();
    };
  }
}
