package dev.nimbus.controlplane.http;

import dev.nimbus.api.Paths;
import dev.nimbus.api.report.RightsizeReport;
import dev.nimbus.api.report.RightsizeRow;
import dev.nimbus.core.cost.Rightsize;
import dev.nimbus.core.cost.Rightsize.Advice;
import dev.nimbus.core.storage.CostStore;
import dev.nimbus.core.storage.PoolStore;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.time.InstantSource;
import java.util.List;

/** How much jobs used of what they asked for. */
public final class RightsizeRoutes {
  private static final int MOST_JOBS = 100_000;
  private static final int MOST_ROWS = 1_000;
  private static final double MILLIS = 1_000;

  private final CostStore costs;
  private final PoolStore pools;
  private final InstantSource time;

  public RightsizeRoutes(CostStore costs, PoolStore pools, InstantSource time) {
    this.costs = costs;
    this.pools = pools;
    this.time = time;
  }

  public List<Route> routes(Access admin) {
    return List.of(
        Route.get(Paths.RIGHTSIZE, admin, this::rightsize)
            .does("reportRightsize", "How much jobs used of what they asked for, and could ask for")
            .asks(Orgs.ORG, Days.FROM, Days.TO)
            .answers(200, RightsizeReport.class));
  }

  private Response rightsize(Request request) {
    var org = Orgs.of(request);
    var period = Days.of(request, time.instant());
    var uses = costs.uses(org, period, MOST_JOBS);
    var rows =
        Rightsize.of(uses, pools.list(org)).stream()
            .limit(MOST_ROWS)
            .map(RightsizeRoutes::row)
            .toList();
    return Response.json(
        200,
        new RightsizeReport(
            period.from().toString(), period.to().toString(), Rightsize.FEWEST, rows));
  }

  private static RightsizeRow row(Rightsize one) {
    var asked = one.of().asked().size();
    var smaller = one.advice() instanceof Advice.Smaller said ? said : null;
    return new RightsizeRow(
        one.of().repository().value(),
        one.of().workflow(),
        one.of().job(),
        one.of().asked().labels().toString(),
        one.jobs(),
        asked.milliCpus() / MILLIS,
        one.milliCpus().half() / MILLIS,
        one.milliCpus().most() / MILLIS,
        asked.memoryBytes(),
        one.memoryBytes().half(),
        one.memoryBytes().most(),
        one.memoryBytes().all(),
        advice(one.advice()),
        smaller == null ? null : smaller.size().milliCpus() / MILLIS,
        smaller == null ? null : smaller.size().memoryBytes(),
        smaller == null || smaller.savedMicros().isEmpty()
            ? null
            : Dollars.of(smaller.savedMicros().getAsLong()));
  }

  private static String advice(Advice advice) {
    return switch (advice) {
      case Advice.TooFew() -> "not_enough_jobs";
      case Advice.Fits() -> "fits";
      case Advice.Smaller _ -> "smaller";
    };
  }
}
