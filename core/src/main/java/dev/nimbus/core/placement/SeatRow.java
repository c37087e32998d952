package dev.nimbus.core.placement;

import dev.nimbus.core.job.Size;
import java.util.Comparator;
import java.util.List;

/**
 * Hosts that offer the same labels, smallest first, in a tree whose nodes hold the most processors
 * and the most memory free below them.
 */
final class SeatRow {
  private static final Comparator<Seat> SMALLEST =
      Comparator.comparingInt((Seat seat) -> seat.free().milliCpus())
          .thenComparingLong(seat -> seat.free().memoryBytes())
          .thenComparingInt(Seat::slots);

  private final int leaves;
  private final int[] cpus;
  private final long[] memory;
  private final int[] slots;

  SeatRow(List<Seat> seats) {
    leaves = Math.max(1, Integer.highestOneBit(seats.size() * 2 - 1));
    cpus = new int[2 * leaves];
    memory = new long[2 * leaves];
    slots = new int[leaves];
    java.util.Arrays.fill(cpus, -1);
    var sorted = seats.stream().sorted(SMALLEST).toList();
    for (var i = 0; i < sorted.size(); i++) {
      slots[i] = sorted.get(i).slots();
      put(leaves + i, sorted.get(i).free());
    }
  }

  /** Takes room for so many jobs of a size; returns for how many there was. */
  int take(Size size, int jobs) {
    var taken = 0;
    while (taken < jobs) {
      var leaf = find(1, size);
      if (leaf < 0) {
        return taken;
      }
      taken += takeAt(leaf, size, jobs - taken);
    }
    return taken;
  }

  private int takeAt(int leaf, Size size, int most) {
    var seat = leaf - leaves;
    var jobs = Math.min(most, slots[seat]);
    if (size.milliCpus() > 0) {
      jobs = Math.min(jobs, cpus[leaf] / size.milliCpus());
    }
    if (size.memoryBytes() > 0) {
      jobs = (int) Math.min(jobs, memory[leaf] / size.memoryBytes());
    }
    slots[seat] -= jobs;
    var left = memory[leaf] - jobs * size.memoryBytes();
    put(leaf, new Size(cpus[leaf] - jobs * size.milliCpus(), left));
    return jobs;
  }

  /** The first place below the node that has room, or -1. */
  private int find(int node, Size size) {
    if (size.milliCpus() > cpus[node] || size.memoryBytes() > memory[node]) {
      return -1;
    }
    if (node >= leaves) {
      return node;
    }
    var left = find(2 * node, size);
    return left >= 0 ? left : find(2 * node + 1, size);
  }

  private void put(int leaf, Size free) {
    cpus[leaf] = slots[leaf - leaves] > 0 ? free.milliCpus() : -1;
    memory[leaf] = free.memoryBytes();
    for (var node = leaf / 2; node > 0; node /= 2) {
      cpus[node] = Math.max(cpus[2 * node], cpus[2 * node + 1]);
      memory[node] = Math.max(memory[2 * node], memory[2 * node + 1]);
    }
  }
}
