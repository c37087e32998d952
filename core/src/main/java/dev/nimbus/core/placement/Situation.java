package dev.nimbus.core.placement;

import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything a plan depends on. The order of its lists means nothing.
 *
 * @param seats what hosts that are no machines of pools can take
 * @param warm how many machines a pool is expected to need waiting, where that was forecast
 */
public record Situation(
    List<Waiting> waiting,
    List<Seat> seats,
    Fleet fleet,
    List<Pool> pools,
    Terms terms,
    Spending spending,
    Map<Owner, Integer> warm,
    Instant now) {
  public Situation {
    waiting = List.copyOf(waiting);
    seats = List.copyOf(seats);
    pools = List.copyOf(pools);
    warm = Map.copyOf(warm);
  }
}
