package dev.nimbus.core.provider;

import java.util.Locale;

/** On which terms a machine is rented. */
public enum Market {
  /** At the list price, ours until we end it. */
  ON_DEMAND,
  /** Cheaper, and taken back by the provider when it likes, after a short notice. */
  SPOT;

  /** As files write it: {@code on-demand} or {@code spot}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads {@link #word}. */
  public static Market parse(String word) {
    for (var market : values()) {
      if (market.word().equals(word)) {
        return market;
      }
    }
    throw new IllegalArgumentException("Not a market: '" + word + "' (on-demand or spot)");
  }
}
