package dev.nimbus.controlplane.http;

import dev.nimbus.api.Paths;
import dev.nimbus.api.report.RecommendationReport;
import dev.nimbus.api.report.RecommendationRow;
import dev.nimbus.core.cost.Recommendation;
import dev.nimbus.core.storage.CostStore;
import dev.nimbus.core.storage.PoolStore;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** What would have been cheaper. */
public final class RecommendationRoutes {
  private static final int MOST_ROWS = 1_000;

  private final CostStore costs;
  private final PoolStore pools;
  private final InstantSource time;

  public RecommendationRoutes(CostStore costs, PoolStore pools, InstantSource time) {
    this.costs = costs;
    this.pools = pools;
    this.time = time;
  }

  public List<Route> routes(Access admin) {
    return List.of(
        Route.get(Paths.RECOMMENDATIONS, admin, this::recommend)
            .does("reportRecommendations", "What would have been cheaper, by what was recorded")
            .asks(Orgs.ORG, Days.FROM, Days.TO)
            .answers(200, RecommendationReport.class));
  }

  private Response recommend(Request request) {
    var org = Orgs.of(request);
    var period = Days.of(request, time.instant());
    var rows =
        Recommendation.of(costs.spends(org, period), pools.list(org)).stream()
            .limit(MOST_ROWS)
            .map(RecommendationRoutes::row)
            .toList();
    return Response.json(
        200, new RecommendationReport(period.from().toString(), period.to().toString(), rows));
  }

  private static RecommendationRow row(Recommendation one) {
    return new RecommendationRow(
        one.about().name().toLowerCase(Locale.ROOT),
        one.pool().value(),
        one.sentence(),
        Dollars.of(one.saved()));
  }
}
