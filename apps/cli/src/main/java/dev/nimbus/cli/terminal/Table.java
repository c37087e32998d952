package dev.nimbus.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under headings, as wide as their widest cell and never wider than the terminal: the widest
 * columns give way first, and a cell that lost something ends in {@code …}.
 */
public final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 4;

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> headings) {
    this.headings = headings;
  }

  public static Table of(String... headings) {
    return new Table(List.of(headings));
  }

  /** Adds a row with a cell for each heading. */
  public Table row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + headings.size() + " headings");
    }
    rows.add(Arrays.stream(cells).map(Table::visible).toList());
    return this;
  }

  /** The table as lines, each ending in a line feed. */
  public String text(int width, boolean colour) {
    var widths = widths(width);
    var text = new StringBuilder();
    line(text, headings, widths, colour ? Colour.HEADING : Colour.PLAIN, false);
    for (var row : rows) {
      line(text, row, widths, Colour.PLAIN, colour);
    }
    return text.toString();
  }

  private int[] widths(int available) {
    var widths = new int[headings.size()];
    for (var column = 0; column < widths.length; column++) {
      widths[column] = length(headings.get(column));
      for (var row : rows) {
        widths[column] = Math.max(widths[column], length(row.get(column)));
      }
    }
    var over = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - available;
    while (over > 0) {
      var widest = widest(widths);
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
      over--;
    }
    return widths;
  }

  private static int widest(int[] widths) {
    var widest = 0;
    for (var i = 1; i < widths.length; i++) {
      if (widths[i] >= widths[widest]) {
        widest = i;
      }
    }
    return widest;
  }

  private static void line(
      StringBuilder text, List<String> cells, int[] widths, Colour all, boolean states) {
    var line = new StringBuilder();
    var last = cells.size() - 1;
    for (var column = 0; column <= last; column++) {
      var cell = cut(cells.get(column), widths[column]);
      var colour = states ? Colour.ofState(cells.get(column)) : all;
      line.append(cell.isEmpty() ? "" : colour.on(cell));
      if (column < last) {
        line.repeat(' ', widths[column] - length(cell) + GAP);
      }
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String cut(String cell, int width) {
    if (length(cell) <= width) {
      return cell;
    }
    return cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  /** One line without anything a terminal would obey. */
  static String visible(String cell) {
    var clean = new StringBuilder(cell.length());
    cell.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
