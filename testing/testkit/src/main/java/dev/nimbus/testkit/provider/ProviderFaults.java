package dev.nimbus.testkit.provider;

import java.time.Duration;

/** What a provider's other end can be made to do, once, to the next request it fits. */
public interface ProviderFaults {
  /** It has no machine of this kind now. */
  void runOut();

  /** The account may have no more of them. */
  void reachQuota();

  /** It is asked too often. */
  void throttle(Duration again);

  /** It does what it is asked, and the answer is lost on the way. */
  void loseAnswer();

  /** What is made next is not listed until it {@linkplain ProviderContract#settle settles}. */
  void listLate();
}
