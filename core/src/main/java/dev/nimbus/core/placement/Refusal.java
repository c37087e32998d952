package dev.nimbus.core.placement;

/**
 * That a provider would not make what a pool asked for. It holds until somebody changes the pool or
 * the account: repeating the same request would be refused again.
 *
 * @param poolRevision of the pool as it was when it asked
 * @param accountRevision of the account as it was then
 */
public record Refusal(long poolRevision, long accountRevision, String why) {
  /** Whether neither has changed since. */
  public boolean holds(long pool, long account) {
    return poolRevision == pool && accountRevision == account;
  }
}
