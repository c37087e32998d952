package dev.nimbus.core.price;

/** What an hour of an offering costs, and who says so. */
public sealed interface Price {
  /** In millionths of a US dollar; -1 where nobody knows. */
  default long microsPerHour() {
    return switch (this) {
      case OfPool(var micros) -> micros;
      case Listed(var row) -> row.microsPerHour();
      case Foreign _, Unknown _ -> -1;
    };
  }

  /** Whoever declared the pool. */
  record OfPool(long micros) implements Price {}

  /** The list that comes with Nimbus. */
  record Listed(ListedPrice row) implements Price {}

  /** The list, in a currency that is not ours to convert: nothing is counted with it. */
  record Foreign(ListedPrice row) implements Price {}

  /** Nobody. */
  record Unknown() implements Price {}
}
