package dev.nimbus.controlplane.dispatch;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Offers that nothing fitted in this pass; anything smaller need not be tried. */
final class FailedOffers {
  private static final int MAX_KEPT = 64;

  private final Predicate<Offer> takes;
  private final List<Offer> offers = new ArrayList<>();

  /**
   * None yet.
   *
   * @param takes whether a host may be granted anything: what one that may not was not granted says
   *     nothing about the others
   */
  FailedOffers(Predicate<Offer> takes) {
    this.takes = takes;
  }

  void add(Offer offer) {
    if (offers.size() < MAX_KEPT && takes.test(offer)) {
      offers.add(offer);
    }
  }

  /** Whether whatever would fit the offer would have fitted one that failed. */
  boolean covers(Offer offer) {
    for (var failed : offers) {
      var sameJobs =
          failed.sharing() == Host.Sharing.ALL
              || (offer.sharing() == Host.Sharing.OWN && failed.org().equals(offer.org()));
      if (sameJobs
          && offer.free().fitsIn(failed.free())
          && failed.labels().containsAll(offer.labels())) {
        return true;
      }
    }
    return false;
  }
}
