package dev.nimbus.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of figures on standard output. */
final class Table {
  private final List<String[]> rows = new ArrayList<>();

  Table(String... head) {
    rows.add(head);
  }

  /** A row; not-a-number is an empty cell. */
  void row(String name, double... figures) {
    var cells = new String[figures.length + 1];
    cells[0] = name;
    for (var i = 0; i < figures.length; i++) {
      cells[i + 1] = Double.isNaN(figures[i]) ? "" : figure(figures[i]);
    }
    rows.add(cells);
  }

  void print() {
    for (var row : rows) {
      var line = new StringBuilder();
      for (var i = 0; i < row.length; i++) {
        var width = width(i);
        line.append(("%" + (i == 0 ? "-" : "") + width + "s  ").formatted(row[i]));
      }
      System.out.println(line.toString().stripTrailing());
    }
    System.out.println();
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> row.length > column)
        .mapToInt(row -> row[column].length())
        .max()
        .orElse(1);
  }

  private static String figure(double value) {
    var format = value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
