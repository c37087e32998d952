package dev.nimbus.core.org;

/**
 * What a tenant may hold at once.
 *
 * @param maxRunning jobs under a lease
 * @param maxRunningPerRepository jobs under a lease for any one repository
 * @param maxWaiting jobs in the queue; more are refused as exhausted
 */
public record OrgLimits(int maxRunning, int maxRunningPerRepository, int maxWaiting) {
  public static final OrgLimits GENEROUS = new OrgLimits(10_000, 10_000, 2_000_000);

  public OrgLimits {
    if (maxRunning < 0 || maxRunningPerRepository < 0 || maxWaiting < 0) {
      throw new IllegalArgumentException(
          "Limits cannot be negative: %d, %d, %d"
              .formatted(maxRunning, maxRunningPerRepository, maxWaiting));
    }
  }
}
