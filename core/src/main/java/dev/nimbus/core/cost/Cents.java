package dev.nimbus.core.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Amounts in cents that add up: those whose rests are largest are rounded up. */
public final class Cents {
  private static final long MICROS = 10_000;

  private Cents() {}

  /** A whole table, and at its end the sum of each column. */
  public static List<Split> table(List<Split> rows) {
    var total = rows.stream().reduce(Split.NONE, Split::plus);
    var parts = parts(total);
    var shared = share(parts, Math.floorDiv(total.total() + MICROS / 2, MICROS));
    var columns = new ArrayList<long[]>();
    for (var i = 0; i < parts.length; i++) {
      var column = i;
      var cells = rows.stream().mapToLong(row -> parts(row)[column]).toArray();
      columns.add(share(cells, shared[column]));
    }
    var table = new ArrayList<Split>();
    for (var row = 0; row < rows.size(); row++) {
      table.add(split(row, columns));
    }
    table.add(new Split(shared[0], shared[1], shared[2], shared[3]));
    return table;
  }

  /** Cents of each, that add up to so many: each its own, rounded down, or one more. */
  private static long[] share(long[] micros, long cents) {
    var shares = LongStream.of(micros).map(one -> one / MICROS).toArray();
    var missing = cents - LongStream.of(shares).sum();
    IntStream.range(0, micros.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer i) -> micros[i] % MICROS).reversed())
        .limit(missing)
        .forEach(i -> shares[i]++);
    return shares;
  }

  private static Split split(int row, List<long[]> columns) {
    return new Split(
        columns.get(0)[row], columns.get(1)[row], columns.get(2)[row], columns.get(3)[row]);
  }

  private static long[] parts(Split split) {
    return new long[] {split.job(), split.idle(), split.warm(), split.failed()};
  }
}
