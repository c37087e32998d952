package dev.nimbus.testkit.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.org.OrgStanding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a memory storage knows. Everything that touches it holds its monitor. */
final class MemoryState {
  /** As many kinds of jobs may wait for one tenant as in the real storages. */
  static final int MOST_KINDS = 1_000;

  private final NavigableMap<Long, MemoryJob> jobs = new TreeMap<>();
  private final Map<JobId, MemoryJob> byId = new HashMap<>();
  private final Map<OrgId, OrgLimits> limits =
      new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
  private final Map<OrgId, Long> turns = new HashMap<>();
  private final Map<OrgId, Instant> used = new HashMap<>();
  private final MemoryForges forges = new MemoryForges();
  private final MemoryFleet fleet = new MemoryFleet();
  private long lastSeq;
  private long lastTurn;

  /** Makes a tenant known that was never mentioned before; its turn comes after the others'. */
  void know(OrgId org) {
    limits.putIfAbsent(org, OrgLimits.GENEROUS);
    turns.computeIfAbsent(org, any -> ++lastTurn);
  }

  void limit(OrgId org, OrgLimits to) {
    know(org);
    limits.put(org, to);
  }

  List<OrgId> orgs() {
    return List.copyOf(limits.keySet());
  }

  Optional<OrgStanding> standing(OrgId org) {
    return Optional.ofNullable(limits.get(org))
        .map(
            limit ->
                new OrgStanding(
                    org,
                    limit,
                    count(org, MemoryJob::waiting),
                    count(org, MemoryJob::held),
                    usedUntil(org)));
  }

  long turn(OrgId org) {
    return turns.getOrDefault(org, 0L);
  }

  void turnIsOver(OrgId org) {
    turns.put(org, ++lastTurn);
  }

  /** Until when a tenant has used up its rate. */
  Instant usedUntil(OrgId org) {
    return used.getOrDefault(org, Instant.EPOCH);
  }

  void use(OrgId org, JobRate rate, Instant now) {
    used.put(org, rate.used(usedUntil(org), now));
  }

  int usedAtMost(Instant until) {
    var beyond = used.entrySet().stream().filter(use -> use.getValue().isAfter(until)).toList();
    beyond.forEach(use -> use.setValue(until));
    return beyond.size();
  }

  MemoryForges forges() {
    return forges;
  }

  MemoryFleet fleet() {
    return fleet;
  }

  long nextSeq() {
    return ++lastSeq;
  }

  void add(MemoryJob job) {
    if (byId.containsKey(job.id())) {
      throw new NimbusException(
          Kind.CONFLICT, "Cannot admit job '%s': another job has this id".formatted(job.id()));
    }
    jobs.put(job.seq(), job);
    byId.put(job.id(), job);
  }

  void remove(MemoryJob job) {
    jobs.remove(job.seq());
    byId.remove(job.id());
    forges.forgetServing(job);
  }

  Optional<MemoryJob> find(JobId id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<MemoryJob> find(OrgId org, JobId id) {
    return find(id).filter(job -> job.org().equals(org));
  }

  /** Matching jobs, oldest first. */
  List<MemoryJob> jobs(Predicate<MemoryJob> which) {
    var found = new ArrayList<MemoryJob>();
    for (var job : jobs.values()) {
      if (which.test(job)) {
        found.add(job);
      }
    }
    return found;
  }

  List<MemoryJob> heldBy(HostId host) {
    return jobs(job -> job.heldBy(host));
  }

  int running(OrgId org, Repository repository) {
    return count(org, job -> job.held() && job.repository().equals(repository));
  }

  /** Why a tenant may not have one more such job waiting; empty when it may. */
  Optional<String> fullFor(MemoryJob next) {
    var org = next.org();
    var standing = standing(org).orElseThrow();
    if (standing.waiting() >= standing.limits().maxWaiting()) {
      return Optional.of("the tenant has as many jobs waiting as it may");
    }
    var kinds = jobs(job -> job.waiting() && job.org().equals(org)).stream().map(MemoryJob::kind);
    var distinct = kinds.distinct().toList();
    return distinct.size() >= MOST_KINDS && !distinct.contains(next.kind())
        ? Optional.of(
            "the tenant has jobs of %d kinds waiting, as many as it may".formatted(MOST_KINDS))
        : Optional.empty();
  }

  private int count(OrgId org, Predicate<MemoryJob> which) {
    return jobs(job -> job.org().equals(org) && which.test(job)).size();
  }
}
