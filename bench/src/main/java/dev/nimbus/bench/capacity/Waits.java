package dev.nimbus.bench.capacity;

import java.util.Arrays;

/** How long jobs waited, in milliseconds. */
final class Waits {
  private int[] waits = new int[1 << 16];
  private int count;
  private double sum;

  void add(long millis) {
    if (count == waits.length) {
      waits = Arrays.copyOf(waits, 2 * count);
    }
    waits[count++] = (int) millis;
    sum += millis;
  }

  int count() {
    return count;
  }

  double meanSeconds() {
    return sum / 1e3 / Math.max(1, count);
  }

  double[] seconds(double... shares) {
    Arrays.sort(waits, 0, count);
    return Arrays.stream(shares)
        .map(share -> count == 0 ? 0 : waits[(int) Math.min(count - 1, share * count)] / 1e3)
        .toArray();
  }
}
