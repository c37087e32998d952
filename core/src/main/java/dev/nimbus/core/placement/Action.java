package dev.nimbus.core.placement;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Owner;

/** What is to be done now. Each can be done alone, and may be refused by whoever does it. */
public sealed interface Action {
  /** For people. */
  String reason();

  /**
   * Have machines made, all alike.
   *
   * @param microsPerHour what one costs, in millionths of a US dollar; -1 when nobody knows
   * @param warm whether they are for jobs that have not come yet
   */
  record Make(
      Owner owner,
      Offering offering,
      Cell cell,
      long microsPerHour,
      boolean warm,
      int count,
      String reason)
      implements Action {}

  /**
   * Have a machine ended.
   *
   * @param evenBusy whether also when its host holds a lease by then
   */
  record Retire(MachineName machine, EndCause cause, boolean evenBusy, String reason)
      implements Action {}
}
