package dev.nimbus.core.provider;

import java.time.Duration;

/** How time is paid for, which decides when ending a machine saves money. */
public sealed interface Billing {
  /**
   * By the second.
   *
   * @param atLeast what is paid for however soon it ends
   */
  record PerSecond(Duration atLeast) implements Billing {}

  /** By blocks, each paid for as a whole when it begins, such as Hetzner's hours. */
  record Blocks(Duration block) implements Billing {}

  /** By the second, but it cannot be given back earlier, such as a host for Macs. */
  record Committed(Duration atLeast) implements Billing {}

  /** Paid for whether used or not. */
  record Owned() implements Billing {}
}
