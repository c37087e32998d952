package dev.nimbus.testkit.forge.github;

/**
 * How badly webhooks travel and calls are answered, the same way for the same seed and order.
 *
 * @param lost of a hundred webhooks, never arrive and are remembered as failed
 * @param doubled of a hundred webhooks, arrive twice
 * @param late of a hundred webhooks, arrive after some of those sent later
 * @param failing of a hundred calls, are not answered as they should be: they fail, are done and
 *     then fail, or are put off
 */
public record Mischief(long seed, int lost, int doubled, int late, int failing) {
  public static final Mischief NONE = new Mischief(0, 0, 0, 0, 0);

  /** Of webhooks only. */
  public static Mischief ofWebhooks(long seed, int lost, int doubled, int late) {
    return new Mischief(seed, lost, doubled, late, 0);
  }

  /** Of calls only. */
  public static Mischief ofCalls(long seed, int failing) {
    return new Mischief(seed, 0, 0, 0, failing);
  }
}
