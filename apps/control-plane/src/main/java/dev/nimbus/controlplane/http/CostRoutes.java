package dev.nimbus.controlplane.http;

import dev.nimbus.api.Paths;
import dev.nimbus.api.report.CostReport;
import dev.nimbus.api.report.CostRow;
import dev.nimbus.core.cost.Cents;
import dev.nimbus.core.cost.CostGroup;
import dev.nimbus.core.cost.Grouping;
import dev.nimbus.core.cost.Period;
import dev.nimbus.core.cost.Split;
import dev.nimbus.core.cost.Tally;
import dev.nimbus.core.storage.CostStore;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Parameter;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What the machines of a tenant cost. */
public final class CostRoutes {
  private static final int MOST_GROUPS = 1_000;
  private static final double MILLIS_PER_HOUR = 3_600_000;

  private static final Parameter<Grouping> BY =
      Parameter.choice(
          "by",
          "What to sum up by. A token for every tenant that names none sees each one by org.",
          Grouping.POOL);

  private final CostStore costs;
  private final InstantSource time;

  public CostRoutes(CostStore costs, InstantSource time) {
    this.costs = costs;
    this.time = time;
  }

  public List<Route> routes(Access admin) {
    return List.of(
        Route.get(Paths.COST, admin, this::cost)
            .does("reportCost", "What machines cost in a period, and what that was spent on")
            .asks(Orgs.ORG, Days.FROM, Days.TO, BY)
            .answers(200, CostReport.class));
  }

  private Response cost(Request request) {
    var by = request.value(BY);
    var period = Days.of(request, time.instant());
    var all = request.principal().everyOrg() && request.value(Orgs.ORG).isEmpty();
    var groups =
        all && by == Grouping.ORG
            ? costs.sums(period, time.instant())
            : costs.sums(Orgs.of(request), period, by, time.instant());
    return Response.json(200, report(period, by, Tally.most(groups, MOST_GROUPS)));
  }

  private static CostReport report(Period period, Grouping by, List<CostGroup> groups) {
    var cents = Cents.table(groups.stream().map(CostGroup::micros).toList());
    var rows = new ArrayList<CostRow>();
    for (var i = 0; i < groups.size(); i++) {
      rows.add(row(groups.get(i), cents.get(i)));
    }
    var total = row(Tally.total(groups), cents.getLast());
    return new CostReport(period.from().toString(), period.to().toString(), by.word(), rows, total);
  }

  private static CostRow row(CostGroup group, Split cents) {
    return new CostRow(
        group.name(),
        Dollars.cents(cents.job()),
        Dollars.cents(cents.idle()),
        Dollars.cents(cents.warm()),
        Dollars.cents(cents.failed()),
        Dollars.cents(cents.total()),
        group.machines(),
        group.millis() / MILLIS_PER_HOUR,
        group.unpricedMillis() / MILLIS_PER_HOUR);
  }
}
