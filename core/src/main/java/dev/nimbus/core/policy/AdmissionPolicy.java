package dev.nimbus.core.policy;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.id.OrgId;
import java.util.List;

/** Decides about forge jobs. Implementations are pure: equal jobs get equal answers. */
@FunctionalInterface
public interface AdmissionPolicy {
  /** Admits everything; what an installation has before it writes rules. */
  AdmissionPolicy OPEN = (org, job) -> new Admission.Admitted(List.of(), List.of());

  Admission decide(OrgId org, ForgeJob job);

  /**
   * Whether the decision looks at something the forge has not said of the job, such as what caused
   * it. Whoever can asks the forge before deciding.
   */
  default boolean unsure(OrgId org, ForgeJob job) {
    return false;
  }
}
