package dev.nimbus.core.price;

import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.provider.ProviderKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Prices of Linux machines on demand, where a pool has none. */
public record PriceList(List<ListedPrice> rows) {
  public static final PriceList EMPTY = new PriceList(List.of());

  private static final int COLUMNS = 9;

  public PriceList {
    rows = List.copyOf(rows);
  }

  /** Reads lines with commas between columns: comments, a heading, and a price a line. */
  public static PriceList read(String text) {
    return new PriceList(
        text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .skip(1)
            .map(PriceList::row)
            .toList());
  }

  /** What an offering costs, and who says so. */
  public Price price(Offering offering, ProviderKind kind) {
    if (offering.microsPerHour() >= 0) {
      return new Price.OfPool(offering.microsPerHour());
    }
    return find(offering, kind)
        .map(row -> row.inDollars() ? new Price.Listed(row) : new Price.Foreign(row))
        .orElseGet(Price.Unknown::new);
  }

  private Optional<ListedPrice> find(Offering offering, ProviderKind kind) {
    return rows.stream()
        .filter(row -> offering.os() == Os.LINUX)
        .filter(row -> row.isOf(kind, offering.place(), offering.type()))
        .findFirst();
  }

  private static ListedPrice row(String line) {
    var cells = line.split(",", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException(
          "Not a price of %d columns: '%s'".formatted(COLUMNS, line));
    }
    return new ListedPrice(
        ProviderKind.parse(cells[0]),
        List.of(cells[1].split("\\|", -1)),
        cells[2],
        new BigDecimal(cells[3]).movePointRight(6).longValueExact(),
        Currency.getInstance(cells[4]),
        cells[5],
        LocalDate.parse(cells[6]),
        cells[7],
        cells[8]);
  }
}
