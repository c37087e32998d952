package dev.nimbus.adapters.storage;

import dev.nimbus.core.cost.Bill;
import dev.nimbus.core.cost.Period;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.placement.Spending;
import dev.nimbus.core.provider.Owner;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What machines have cost in the month: the sum kept of those that are gone, and the others. */
record SpendingQuery(Instant now) {
  static final String KEPT = "SELECT org_id, pool, micros FROM month_cost WHERE month = ?";
  static final String OPEN = PaidMachine.SELECT + " AND m.stage <> 'gone'";

  Spending run(Session session) throws SQLException {
    var month = Period.monthOf(now);
    var byPool = new HashMap<Owner, Long>();
    for (var one : session.all(KEPT, SpendingQuery::read, month.from().toEpochDay())) {
      byPool.merge(one.owner, one.micros, Long::sum);
    }
    for (var machine : session.all(OPEN, PaidMachine::read)) {
      byPool.merge(
          owner(machine.org(), machine.pool()), spent(machine.bill(now), month), Long::sum);
    }
    byPool.values().removeIf(micros -> micros == 0);
    var byOrg = new HashMap<OrgId, Long>();
    byPool.forEach((owner, micros) -> byOrg.merge(owner.org(), micros, Long::sum));
    return new Spending(Map.of(), byOrg, byPool);
  }

  private static long spent(Bill bill, Period month) {
    return bill.bookings().stream()
        .filter(booking -> month.contains(booking.day()))
        .mapToLong(booking -> booking.micros().total())
        .sum();
  }

  private static Spent read(Row row) throws SQLException {
    return new Spent(owner(row.text(), row.text()), row.number());
  }

  private static Owner owner(String org, String pool) {
    return new Owner(new OrgId(org), new PoolName(pool));
  }

  private record Spent(Owner owner, long micros) {}
}
