package dev.nimbus.core.machine;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.InstanceRef;
import java.util.Optional;

/**
 * A machine of ours, as it is stored.
 *
 * @param size what it gives to a job
 * @param microsPerHour its price when it was asked for, in millionths of a US dollar; negative when
 *     nobody knew it
 * @param warm whether it was made for jobs that had not come yet
 * @param purpose why it was made, for people
 * @param providerId as its provider calls it; empty until its answer is recorded
 * @param report what it last said of itself
 * @param busy whether its host holds a lease now
 * @param end why it ends or ended; empty before
 * @param revision increases with every change
 */
public record Machine(
    OrgId org,
    MachineName name,
    PoolName pool,
    Cell cell,
    Size size,
    long microsPerHour,
    boolean warm,
    String purpose,
    Stage stage,
    String providerId,
    Report report,
    boolean busy,
    Optional<End> end,
    Moments moments,
    long revision) {
  /** How to find it at its provider. */
  public InstanceRef ref() {
    return new InstanceRef(name, cell.place(), providerId);
  }

  /**
   * Why it ended.
   *
   * @param why the same for people
   */
  public record End(EndCause cause, String why) {}
}
