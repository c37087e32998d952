package dev.nimbus.adapters.storage;

import dev.nimbus.core.provider.Billing;
import java.time.Duration;

/** How a machine is paid for as a column: a word and the time that goes with it. */
final class StoredBilling {
  private StoredBilling() {}

  static String text(Billing billing) {
    return switch (billing) {
      case Billing.PerSecond(var atLeast) -> "per-second " + atLeast;
      case Billing.Blocks(var block) -> "blocks " + block;
      case Billing.Committed(var atLeast) -> "committed " + atLeast;
      case Billing.Owned() -> "owned";
    };
  }

  /** Reads {@link #text}. */
  static Billing read(String text) {
    var words = text.split(" ", 2);
    return switch (words[0]) {
      case "per-second" -> new Billing.PerSecond(Duration.parse(words[1]));
      case "blocks" -> new Billing.Blocks(Duration.parse(words[1]));
      case "committed" -> new Billing.Committed(Duration.parse(words[1]));
      case "owned" -> new Billing.Owned();
      default -> throw new IllegalStateException("Not how a machine is paid for: '" + text + "'");
    };
  }
}
