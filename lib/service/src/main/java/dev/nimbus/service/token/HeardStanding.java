package dev.nimbus.service.token;

import dev.nimbus.core.error.NimbusException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was last heard of one token, and when. Thread-safe. */
final class HeardStanding {
  private final TokenChecks checks;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Heard heard;
  private volatile @Nullable Long triedAt;

  HeardStanding(TokenChecks checks) {
    this.checks = checks;
  }

  /**
   * Why the token counts no more, asking again when that is due. One caller asks; others go on with
   * what was heard before, as long as that holds.
   */
  Optional<String> refusal(
      long now, Supplier<Optional<TokenStanding>> ask, Supplier<NimbusException> silent) {
    var known = heard;
    if (known != null && (known.forGood() || age(now, known.at()) < checks.every().toMillis())) {
      return known.refusal();
    }
    if (known == null || !holds(known, now)) {
      asking.lock();
    } else if (!asking.tryLock()) {
      return known.refusal();
    }
    try {
      askIfDue(now, ask);
    } finally {
      asking.unlock();
    }
    known = heard;
    if (known == null || !holds(known, now)) {
      throw silent.get();
    }
    return known.refusal();
  }

  private void askIfDue(long now, Supplier<Optional<TokenStanding>> ask) {
    var last = triedAt;
    if (last != null && age(now, last) < checks.every().toMillis()) {
      return;
    }
    triedAt = now;
    ask.get().ifPresent(standing -> heard = new Heard(standing, now));
  }

  private boolean holds(Heard known, long now) {
    return known.forGood() || age(now, known.at()) < checks.grace().toMillis();
  }

  /** However a clock was set meanwhile. */
  private static long age(long now, long since) {
    return Math.abs(now - since);
  }

  /** An answer, and when it was asked for. */
  private record Heard(TokenStanding standing, long at) {
    boolean forGood() {
      return !standing.counts();
    }

    Optional<String> refusal() {
      var why = standing.why();
      return standing.counts()
          ? Optional.empty()
          : Optional.of(why == null ? "it was revoked" : why);
    }
  }
}
