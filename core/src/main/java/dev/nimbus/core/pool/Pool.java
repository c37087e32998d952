package dev.nimbus.core.pool;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.provider.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Machines a tenant may have made for its jobs, each for one job.
 *
 * @param labels what they offer, besides the pool's name and {@code os:linux} and the like
 * @param offerings what they may be, most wanted first; what a machine is tells which it is of, so
 *     no two share a cell
 * @param max how many may exist at once
 * @param minIdle how many wait for a job that has not come yet, where no schedule says otherwise
 * @param warming whether more than that are to wait
 * @param idleGrace how long one waits for a job before it is ended
 * @param maxLife after which a machine ends by itself, whatever it does
 * @param revision increases with every change
 */
public record Pool(
    OrgId org,
    PoolName name,
    Labels labels,
    List<Offering> offerings,
    int max,
    int minIdle,
    List<Schedule> schedules,
    Warming warming,
    Duration idleGrace,
    Duration maxLife,
    Deadlines deadlines,
    Budget budget,
    Instant changedAt,
    long revision) {
  public static final int MOST = 100_000;

  /** With its name and its system a machine offers two more, and no set of labels has over 32. */
  public static final int MOST_LABELS = 30;

  private static final int MAX_LIST = 64;

  public Pool {
    offerings = List.copyOf(offerings);
    schedules = List.copyOf(schedules);
    checkLists(name, labels, offerings, schedules);
    checkCells(name, offerings);
    var warmest = schedules.stream().mapToInt(Schedule::minIdle).max().orElse(0);
    if (max < 0 || max > MOST || minIdle < 0 || Math.max(minIdle, warmest) > max) {
      throw new IllegalArgumentException(
          "Pool '%s' may have at most %d machines (0 to %d) and keeps %d waiting (0 to that)"
              .formatted(name, max, MOST, Math.max(minIdle, warmest)));
    }
    if (idleGrace.isNegative() || !maxLife.isPositive()) {
      throw new IllegalArgumentException(
          "Pool '%s' has an idle grace of %s (0 or more) and a longest life of %s (above 0)"
              .formatted(name, idleGrace, maxLife));
    }
  }

  /** Everything a machine of this offering offers. */
  public Labels offered(Offering offering) {
    var all = new ArrayList<>(labels.values());
    all.add(name.value());
    all.add("os:" + offering.os().word());
    return Labels.of(all);
  }

  /** Whether a machine of this offering could run what is required. */
  public boolean serves(Offering offering, Requirements required) {
    return required.metBy(offered(offering), offering.size());
  }

  /** How many machines are to wait for jobs at this time, by the first schedule that holds. */
  public int minIdle(Instant at) {
    return schedules.stream()
        .filter(schedule -> schedule.holds(at))
        .findFirst()
        .map(Schedule::minIdle)
        .orElse(minIdle);
  }

  /** Whether the two say the same, whenever it was said. */
  public boolean sameContent(Pool other) {
    return equals(
        new Pool(
            other.org,
            other.name,
            other.labels,
            other.offerings,
            other.max,
            other.minIdle,
            other.schedules,
            other.warming,
            other.idleGrace,
            other.maxLife,
            other.deadlines,
            other.budget,
            changedAt,
            revision));
  }

  private static void checkLists(
      PoolName name, Labels labels, List<Offering> offerings, List<Schedule> schedules) {
    if (offerings.isEmpty() || offerings.size() > MAX_LIST || schedules.size() > MAX_LIST) {
      throw new IllegalArgumentException(
          "Pool '%s' has %d offerings (1 to %d) and %d schedules (at most %d)"
              .formatted(name, offerings.size(), MAX_LIST, schedules.size(), MAX_LIST));
    }
    if (labels.values().size() > MOST_LABELS) {
      throw new IllegalArgumentException(
          "Pool '%s' has %d labels (at most %d)"
              .formatted(name, labels.values().size(), MOST_LABELS));
    }
  }

  private static void checkCells(PoolName name, List<Offering> offerings) {
    var cells = new HashSet<Cell>();
    for (var offering : offerings) {
      for (var cell : offering.cells()) {
        if (!cells.add(cell)) {
          throw new IllegalArgumentException(
              "Pool '%s' has two offerings of %s".formatted(name, cell));
        }
      }
    }
  }
}
