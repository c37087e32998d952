package dev.nimbus.core.pool;

/**
 * What may be spent in a calendar month (UTC), in millionths of a US dollar.
 *
 * @param hard beyond which no machine is made; 0 for no bound
 * @param warning beyond which people are told; 0 for never
 */
public record Budget(long hard, long warning) {
  public static final Budget NONE = new Budget(0, 0);

  public Budget {
    if (hard < 0 || warning < 0 || (hard > 0 && warning > hard)) {
      throw new IllegalArgumentException(
          "A budget is 0 or more, and its warning not above it: " + hard + ", " + warning);
    }
  }
}
