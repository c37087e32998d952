package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.placement.Spending;
import dev.nimbus.core.provider.Owner;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/**
 * What machines have cost in the month. One that showed that it exists is counted from when it was
 * asked for, so that nothing is missed. Whole hours and the rest are multiplied apart, and prices
 * bounded, so that no number is too large.
 */
record SpendingQuery(Instant now) {
  private static final String EXISTED =
      """
      SELECT org_id, pool, micros_per_hour, asked_at, %s AS until
        FROM machine
       WHERE %s
         AND (launched_at IS NOT NULL OR redeemed_at IS NOT NULL OR ready_at IS NOT NULL)
      """;

  static final String SPENT =
      """
      SELECT org_id, pool,
             sum(price * (millis / 3600000) + price * (millis %% 3600000) / 3600000)
        FROM (SELECT org_id, pool, $least(micros_per_hour, 1000000000000) AS price,
                     (until - CASE WHEN asked_at > ? THEN asked_at ELSE ? END) / 1000 AS millis
                FROM (%s UNION ALL %s) AS existed) AS spent
       WHERE millis > 0 AND price > 0
       GROUP BY org_id, pool
      """
          .formatted(
              EXISTED.formatted("CAST(? AS BIGINT)", "stage <> 'gone'"),
              EXISTED.formatted("$least(gone_at, ?)", "gone_at > ?"));

  Spending run(Session session) throws SQLException {
    var month = monthOf(now);
    var byOrg = new HashMap<OrgId, Long>();
    var byPool = new HashMap<Owner, Long>();
    for (var one : session.all(SPENT, SpendingQuery::read, month, month, now, now, month)) {
      byOrg.merge(one.owner.org(), one.micros, Long::sum);
      byPool.put(one.owner, one.micros);
    }
    return new Spending(Map.of(), byOrg, byPool);
  }

  private static Instant monthOf(Instant now) {
    return now.atOffset(ZoneOffset.UTC).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).toInstant();
  }

  private static Spent read(Row row) throws SQLException {
    return new Spent(new Owner(new OrgId(row.text()), new PoolName(row.text())), row.number());
  }

  private record Spent(Owner owner, long micros) {}
}
