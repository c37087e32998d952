package dev.nimbus.core.placement;

import dev.nimbus.core.host.Host.Sharing;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What hosts that are no machines of pools can take: the tenant's own first, then shared ones. */
final class Seats {
  /** The least able first, so that those that can do more are left for those who need it. */
  private static final Comparator<Labels> PLAINEST =
      Comparator.comparingInt((Labels labels) -> labels.values().size())
          .thenComparing(Labels::toString);

  private final Map<OrgId, LabelIndex<SeatRow>> own = new HashMap<>();
  private final LabelIndex<SeatRow> shared;

  Seats(List<Seat> seats) {
    var everybodys = new ArrayList<Seat>();
    var byOrg = new HashMap<OrgId, List<Seat>>();
    for (var seat : seats) {
      var theirs =
          seat.sharing() == Sharing.ALL
              ? everybodys
              : byOrg.computeIfAbsent(seat.org(), _ -> new ArrayList<>());
      theirs.add(seat);
    }
    shared = rows(everybodys);
    byOrg.forEach((org, theirs) -> own.put(org, rows(theirs)));
  }

  /** Where jobs of the tenant can run, if there is room. */
  List<SeatRow> covering(OrgId org, Labels wanted) {
    var rows = new ArrayList<SeatRow>();
    var theirs = own.get(org);
    if (theirs != null) {
      rows.addAll(theirs.covering(wanted));
    }
    rows.addAll(shared.covering(wanted));
    return rows;
  }

  private static LabelIndex<SeatRow> rows(List<Seat> seats) {
    var alike = new HashMap<Labels, List<Seat>>();
    seats.forEach(seat -> alike.computeIfAbsent(seat.labels(), _ -> new ArrayList<>()).add(seat));
    var index = new LabelIndex<SeatRow>();
    var sorted = new TreeMap<Labels, List<Seat>>(PLAINEST);
    sorted.putAll(alike);
    sorted.forEach((labels, theirs) -> index.add(labels, new SeatRow(theirs)));
    return index;
  }
}
