package dev.nimbus.core.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a provider has besides where some machines need a host of their own, rented as a whole and
 * for a least time: hosts stay when their machines end, for the next ones. Launching takes a free
 * host, or rents one. Thread-safe; calls block.
 */
public interface HostRental {
  /** Every host of this controller's, used or not. */
  List<RentedHost> hosts();

  /** Gives a host back; one that is gone already counts as released. Another's is never touched. */
  Release release(String host);

  /** What became of giving a host back. */
  sealed interface Release {
    /** It is gone, and paid for no longer. */
    record Released() implements Release {}

    /**
     * It is too early.
     *
     * @param remains from now until then
     */
    record NotBefore(Instant at, Duration remains) implements Release {}

    /** A machine is on it, or its disk is being wiped. */
    record InUse(String why) implements Release {}
  }
}
