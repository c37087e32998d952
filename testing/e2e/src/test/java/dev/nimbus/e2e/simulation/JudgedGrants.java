package dev.nimbus.e2e.simulation;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.lease.LeaseStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Grants jobs and judges each grant: fences, offers, caps and turns. */
final class JudgedGrants {
  private final LeaseStore leases;
  private final Ledger ledger;
  private final Map<OrgId, Integer> passedOver = new HashMap<>();

  JudgedGrants(LeaseStore leases, Ledger ledger) {
    this.leases = leases;
    this.ledger = ledger;
  }

  List<Lease> grant(Offer offer, Duration ttl, Instant now) {
    var granted = leases.grant(offer, ttl, now);
    BrokenPromise.unless(
        granted.size() <= offer.slots(), "%d granted of %d", granted.size(), offer.slots());
    var free = offer.free();
    for (var lease : granted) {
      judge(lease, offer, free);
      free = free.minus(lease.job().requirements().size());
    }
    BrokenPromise.unless(
        granted.size() == offer.slots() || !anyFits(offer, free),
        "Host %s got %d of %d though more would fit",
        offer.host(),
        granted.size(),
        offer.slots());
    return granted;
  }

  private void judge(Lease lease, Offer offer, Size free) {
    var id = lease.job().id();
    var before = ledger.known(id).orElseThrow();
    turns(before, offer, free);
    var newest = ledger.newest(id);
    BrokenPromise.unless(Ledger.waiting(before), "Job %s was granted while %s", id, before.state());
    BrokenPromise.unless(
        lease.fence().compareTo(newest) > 0,
        "Job %s was granted under fence %s after %s",
        id,
        lease.fence(),
        newest);
    BrokenPromise.unless(!ledger.calledOff().contains(id), "Job %s was called off", id);
    var after = ledger.after(before);
    ledger.trace().add("storage", "grant " + id + "." + lease.fence() + " to " + offer.host());
    ledger.trace().tally().count("granted");
    BrokenPromise.unless(
        Ledger.heldBy(after, offer.host(), lease.fence()),
        "Job %s is not held as granted: %s",
        id,
        after.state());
    BrokenPromise.unless(
        after.attempts() == before.attempts() + 1 && after.attempts() <= ledger.maxAttempts(),
        "Job %s was tried %d times",
        id,
        after.attempts());
    BrokenPromise.unless(fits(before, offer, free), "Job %s does not fit %s", id, offer);
    BrokenPromise.unless(belowCaps(after, 1), "Caps of %s exceeded by %s", after.org(), id);
  }

  /** While a tenant has a job that could run, every other tenant passes it at most once. */
  private void turns(Job granted, Offer offer, Size free) {
    for (var org : ledger.limits().keySet()) {
      if (org.equals(granted.org())) {
        passedOver.put(org, 0);
      } else if (ledger.count(job -> job.org().equals(org) && grantable(job, offer, free)) > 0) {
        var passed = passedOver.merge(org, 1, Integer::sum);
        BrokenPromise.unless(
            passed < ledger.limits().size(), "Tenant %s was passed %d times", org, passed);
      }
    }
  }

  private boolean anyFits(Offer offer, Size free) {
    return ledger.count(job -> grantable(job, offer, free)) > 0;
  }

  private boolean grantable(Job job, Offer offer, Size free) {
    return Ledger.waiting(job) && fits(job, offer, free) && belowCaps(job, 0);
  }

  private static boolean fits(Job job, Offer offer, Size free) {
    var ours = offer.sharing() == Host.Sharing.ALL || offer.org().equals(job.org());
    return ours && job.requirements().metBy(offer.labels(), free);
  }

  /** Whether a tenant holds less than it may, or just what it may with this job being held. */
  private boolean belowCaps(Job job, int counted) {
    var limit = ledger.limits().get(job.org());
    var running = ledger.count(other -> other.org().equals(job.org()) && Ledger.held(other));
    var inRepository =
        ledger.count(
            other ->
                other.org().equals(job.org())
                    && other.repository().equals(job.repository())
                    && Ledger.held(other));
    return limit != null
        && running - counted < limit.maxRunning()
        && inRepository - counted < limit.maxRunningPerRepository();
  }
}
