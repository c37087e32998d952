package dev.nimbus.controlplane.http;

/** Amounts as the API writes them. */
final class Dollars {
  private static final long MICROS_PER_CENT = 10_000;
  private static final double CENTS = 100;

  private Dollars() {}

  /** Of millionths, in whole cents, rounded down. */
  static double of(long micros) {
    return cents(Math.floorDiv(micros, MICROS_PER_CENT));
  }

  static double cents(long cents) {
    return cents / CENTS;
  }
}
