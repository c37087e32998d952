package dev.nimbus.core.placement;

import dev.nimbus.core.placement.Withheld.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds for every waiting job that may run now where it can run, the oldest lane first. */
final class Demand {
  /**
   * What makes the order of lanes whose oldest jobs came in the same millisecond not depend on
   * chance.
   */
  private static final Comparator<Waiting> TIES =
      Comparator.comparing(Waiting::oldest)
          .thenComparing(lane -> lane.org().value())
          .thenComparing(lane -> lane.repository().value())
          .thenComparing(lane -> lane.requirements().labels().toString())
          .thenComparingInt(lane -> lane.requirements().size().milliCpus())
          .thenComparingLong(lane -> lane.requirements().size().memoryBytes())
          .thenComparing(Waiting::notBefore)
          .thenComparingInt(Waiting::jobs)
          .thenComparingInt(Waiting::orgRoom)
          .thenComparingInt(Waiting::repositoryRoom);

  private Demand() {}

  /** Everything that waits, by kind, the oldest first. */
  static List<Kind> of(Situation situation, Tenants tenants) {
    var seats = new Seats(situation.seats());
    var lanes = new ArrayList<Lane>(situation.waiting().size());
    for (var waiting : situation.waiting()) {
      lanes.add(Lane.of(waiting, tenants, seats, situation.now()));
    }
    lanes.sort(Lane::compare);
    var kinds = new ArrayList<Kind>();
    for (var lane : lanes) {
      if (lane.kind.meet()) {
        kinds.add(lane.kind);
      }
      lane.serve();
    }
    return kinds;
  }

  /** A lane, and beside it what it is sorted and served by: reading memory is most of the cost. */
  private record Lane(
      Waiting waiting,
      Tenant tenant,
      Kind kind,
      long millis,
      int jobs,
      int orgRoom,
      int repositoryRoom,
      boolean postponed) {
    static Lane of(Waiting waiting, Tenants tenants, Seats seats, Instant now) {
      var tenant = tenants.of(waiting.org());
      tenant.expect(waiting);
      return new Lane(
          waiting,
          tenant,
          tenant.kind(waiting.requirements(), seats),
          waiting.oldest().toEpochMilli(),
          waiting.jobs(),
          waiting.orgRoom(),
          waiting.repositoryRoom(),
          waiting.notBefore().isAfter(now));
    }

    static int compare(Lane one, Lane other) {
      var order = Long.compare(one.millis, other.millis);
      return order != 0 ? order : TIES.compare(one.waiting, other.waiting);
    }

    void serve() {
      if (postponed) {
        kind.postpone(jobs, waiting.notBefore());
        return;
      }
      var ofTenant = tenant.room(orgRoom);
      var ofRepository = tenant.repositoryRoom(waiting, repositoryRoom);
      var ready = Math.min(jobs, Math.min(ofTenant, ofRepository));
      tenant.serve(waiting, repositoryRoom, kind.serve(ready));
      if (ready < jobs) {
        var code = ofTenant <= ofRepository ? Code.ORG_LIMIT : Code.REPOSITORY_LIMIT;
        kind.withhold(code, jobs - ready);
      }
    }
  }
}
