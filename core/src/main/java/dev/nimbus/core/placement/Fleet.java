package dev.nimbus.core.placement;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.Machine;
import java.util.List;
import java.util.Map;

/**
 * The machines there are.
 *
 * @param machines all that are not gone
 * @param heard what the host of each proves it can take, of those heard of recently; a machine that
 *     is ready and missing here is silent
 */
public record Fleet(List<Machine> machines, Map<MachineName, Seat> heard) {
  public static final Fleet NONE = new Fleet(List.of(), Map.of());

  public Fleet {
    machines = List.copyOf(machines);
    heard = Map.copyOf(heard);
  }
}
