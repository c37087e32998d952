package dev.nimbus.core.storage;

import dev.nimbus.core.forecast.Came;
import dev.nimbus.core.forecast.Hour;
import dev.nimbus.core.provider.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How many jobs of each pool came in which hour, counted from the jobs some time after they came,
 * so that nothing is added to what it takes to admit one.
 */
public interface ArrivalStore {
  /**
   * The jobs that came after those counted last, the oldest first and at most so many; of the
   * minute before which all are told, none is missing, unless that minute alone has more. Those
   * that policy refused never came.
   *
   * @param before what came from then on is not told
   */
  Uncounted uncounted(Instant before, int limit);

  /**
   * Adds to what is known of hours, and counts the jobs told as counted.
   *
   * @return false, and nothing is added, when others have counted since they were told
   */
  boolean count(Map<Owner, List<Hour>> hours, Uncounted told);

  /** What is known of a pool's hours from then on, in order. */
  List<Hour> hours(Owner pool, Instant from);

  /** Forgets hours that began before the instant; returns how many. */
  int forget(Instant before);

  /**
   * Jobs that are not counted yet.
   *
   * @param after the place in the queue of the last one counted
   * @param until the place of the last one told
   * @param all whether these are all that came before the instant asked for
   */
  record Uncounted(long after, long until, List<Came> jobs, boolean all) {
    public Uncounted {
      jobs = List.copyOf(jobs);
    }
  }
}
