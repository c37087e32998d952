package dev.nimbus.core.pool;

import dev.nimbus.core.provider.Market;
import java.util.List;
import java.util.Locale;

/** Whether a pool takes machines its provider may take back. */
public enum SpotPolicy {
  NEVER,
  /** Spot first; at the list price where there is none. */
  PREFER,
  ONLY;

  /** Where to look for a machine, in this order. */
  public List<Market> markets() {
    return switch (this) {
      case NEVER -> List.of(Market.ON_DEMAND);
      case PREFER -> List.of(Market.SPOT, Market.ON_DEMAND);
      case ONLY -> List.of(Market.SPOT);
    };
  }

  /** As files write it, such as {@code prefer}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word}. */
  public static SpotPolicy parse(String word) {
    for (var policy : values()) {
      if (policy.word().equals(word)) {
        return policy;
      }
    }
    throw new IllegalArgumentException("Not a spot policy: '" + word + "' (never, prefer or only)");
  }
}
