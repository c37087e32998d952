package dev.nimbus.core.placement;

import dev.nimbus.core.placement.Withheld.Code;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds for every waiting job that may run now where it can run, the oldest lane first. */
final class Demand {
  /** What makes the order of lanes whose oldest jobs came at the same time not depend on chance. */
  private static final Comparator<Waiting> TIES =
      Comparator.comparing((Waiting lane) -> lane.org().value())
          .thenComparing(lane -> lane.repository().value())
          .thenComparing(lane -> lane.requirements().labels().toString())
          .thenComparingInt(lane -> lane.requirements().size().milliCpus())
          .thenComparingLong(lane -> lane.requirements().size().memoryBytes())
          .thenComparing(Waiting::notBefore)
          .thenComparingInt(Waiting::jobs)
          .thenComparingInt(Waiting::orgRoom)
          .thenComparingInt(Waiting::repositoryRoom);

  private final Tenants tenants;
  private final Seats seats;
  private final Instant now;
  private final Set<Kind> kinds = new LinkedHashSet<>();

  private Demand(Tenants tenants, Seats seats, Instant now) {
    this.tenants = tenants;
    this.seats = seats;
    this.now = now;
  }

  /** Everything that waits, by kind, the oldest first. */
  static List<Kind> of(Situation situation, Tenants tenants) {
    var demand = new Demand(tenants, new Seats(situation.seats()), situation.now());
    situation.waiting().forEach(lane -> tenants.of(lane.org()).expect(lane));
    situation.waiting().stream().sorted(Demand::oldestFirst).forEach(demand::serve);
    return List.copyOf(demand.kinds);
  }

  private static int oldestFirst(Waiting one, Waiting other) {
    var order = one.oldest().compareTo(other.oldest());
    return order != 0 ? order : TIES.compare(one, other);
  }

  private void serve(Waiting lane) {
    var tenant = tenants.of(lane.org());
    var kind = tenant.kind(lane.requirements(), seats);
    kinds.add(kind);
    if (lane.notBefore().isAfter(now)) {
      kind.postpone(lane.jobs(), lane.notBefore());
      return;
    }
    var orgRoom = tenant.room(lane);
    var repositoryRoom = tenant.repositoryRoom(lane);
    var jobs = Math.min(lane.jobs(), Math.min(orgRoom, repositoryRoom));
    tenant.serve(lane, kind.serve(jobs));
    if (jobs < lane.jobs()) {
      var code = orgRoom <= repositoryRoom ? Code.ORG_LIMIT : Code.REPOSITORY_LIMIT;
      kind.withhold(code, lane.jobs() - jobs);
    }
  }
}
