package dev.nimbus.core.placement;

import dev.nimbus.core.id.OrgId;
import java.util.List;

/**
 * What to do, what not, and what people should know. Ends come before new machines.
 *
 * @param withheld one for each kind of jobs and reason
 */
public record Plan(List<Action> actions, List<Withheld> withheld, List<Warning> warnings) {
  public Plan {
    actions = List.copyOf(actions);
    withheld = List.copyOf(withheld);
    warnings = List.copyOf(warnings);
  }

  /**
   * Something a person of the tenant should see to, for as long as it is said.
   *
   * @param about what stays the same while the sentence changes
   */
  public record Warning(OrgId org, String about, String sentence) {}
}
