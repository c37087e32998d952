package dev.nimbus.adapters.storage;

import dev.nimbus.core.cost.Attribution;
import dev.nimbus.core.cost.CostGroup;
import dev.nimbus.core.cost.Grouping;
import dev.nimbus.core.cost.JobUse;
import dev.nimbus.core.cost.MachineSpend;
import dev.nimbus.core.cost.Period;
import dev.nimbus.core.cost.Spent;
import dev.nimbus.core.cost.Split;
import dev.nimbus.core.cost.Tally;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.storage.CostStore;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Costs in the table machine_cost, and of what is not gone in the table machine. */
final class SqlCostStore implements CostStore {
  private static final String SUMS =
      """
      SELECT %1$s, sum(job_micros), sum(idle_micros), sum(warm_micros), sum(failed_micros),
             sum(first), sum(millis), sum(CASE WHEN micros_per_hour < 0 THEN millis ELSE 0 END)
        FROM machine_cost
       WHERE %2$sday >= ? AND day < ?
       GROUP BY %3$s
      """;

  static final String FORGET =
      """
      DELETE FROM machine_cost
       WHERE (org_id, day, machine) IN (SELECT org_id, day, machine
                                          FROM machine_cost
                                         WHERE day < ?
                                         ORDER BY day, org_id, machine
                                         LIMIT ?)
      """;

  static final String OPEN = SpendingQuery.OPEN + " AND m.org_id = ?";

  private static final String SPENT =
      "SELECT org_id, provider, sum(micros) FROM month_cost GROUP BY org_id, provider";

  static final String SPENDS =
      """
      SELECT pool, provider, place, type, market, sum(millis),
             sum(job_micros + idle_micros + warm_micros + failed_micros),
             sum(CASE WHEN job_id = '' AND warm_micros > 0 THEN first ELSE 0 END),
             sum(CASE WHEN job_id = '' THEN warm_micros ELSE 0 END)
        FROM machine_cost
       WHERE org_id = ? AND day >= ? AND day < ? AND micros_per_hour >= 0
       GROUP BY pool, provider, place, type, market
       ORDER BY pool, provider, place, type, market
      """;

  static final String USES =
      """
      SELECT j.repository, j.labels, j.milli_cpus, j.memory_bytes, j.started_at, j.ended_at,
             j.cpu_millis, j.peak_memory_bytes, coalesce(d.metadata_value, ''), f.facts
        FROM job j
        LEFT JOIN job_metadata d ON d.seq = j.seq AND d.metadata_key = 'workflow'
        LEFT JOIN forge_job f ON f.seq = j.seq
       WHERE j.org_id = ? AND j.ended_at >= ? AND j.ended_at < ?
         AND j.state IN ('succeeded', 'failed', 'timed_out')
         AND j.started_at IS NOT NULL AND j.cpu_millis > 0 AND j.peak_memory_bytes > 0
       ORDER BY j.ended_at DESC, j.seq DESC
       LIMIT ?
      """;

  private final Database database;

  SqlCostStore(Database database) {
    this.database = database;
  }

  @Override
  public List<CostGroup> sums(OrgId org, Period period, Grouping by, Instant now) {
    return database.read(
        "sum up costs of tenant",
        org,
        session -> {
          var tally = new Tally(by);
          var days = List.of(period.from().toEpochDay(), period.to().toEpochDay());
          session
              .all(sums(by), row -> read(row, by), org.value(), days.getFirst(), days.getLast())
              .forEach(tally::add);
          for (var machine : session.all(OPEN, PaidMachine::read, org.value())) {
            tally.add(machine.attribution(), machine.bill(Times.stored(now)), period);
          }
          return tally.groups();
        });
  }

  @Override
  public List<CostGroup> sums(Period period, Instant now) {
    return database.read(
        "sum up costs from",
        period.from(),
        session -> {
          var tally = new Tally(Grouping.ORG);
          var from = period.from().toEpochDay();
          session
              .all(
                  SUMS.formatted(columns(Grouping.ORG), "", "org_id"),
                  row -> read(row, Grouping.ORG),
                  from,
                  period.to().toEpochDay())
              .forEach(tally::add);
          for (var machine : session.all(SpendingQuery.OPEN, PaidMachine::read)) {
            tally.add(machine.attribution(), machine.bill(Times.stored(now)), period);
          }
          return tally.groups();
        });
  }

  @Override
  public List<Spent> spent(Instant now) {
    return database.read(
        "sum up costs until",
        now,
        session -> {
          var sums = new TreeMap<String, Spent>();
          session.all(SPENT, SqlCostStore::sum).forEach(one -> merge(sums, one));
          for (var machine : session.all(SpendingQuery.OPEN, PaidMachine::read)) {
            var org = new OrgId(machine.org());
            var provider = new ProviderName(machine.place().provider());
            var micros = machine.bill(Times.stored(now)).total();
            merge(sums, new Spent(org, provider, micros));
          }
          return List.copyOf(sums.values());
        });
  }

  private static Spent sum(Row row) throws SQLException {
    return new Spent(new OrgId(row.text()), new ProviderName(row.text()), row.number());
  }

  private static void merge(Map<String, Spent> sums, Spent one) {
    sums.merge(
        one.org() + " " + one.provider(),
        one,
        (some, more) -> new Spent(one.org(), one.provider(), some.micros() + more.micros()));
  }

  @Override
  public List<MachineSpend> spends(OrgId org, Period period) {
    return database.read(
        "sum up costs by kind of machine of tenant",
        org,
        session ->
            session.all(
                SPENDS,
                SqlCostStore::spend,
                org.value(),
                period.from().toEpochDay(),
                period.to().toEpochDay()));
  }

  private static MachineSpend spend(Row row) throws SQLException {
    var pool = new PoolName(row.text());
    var kind =
        new MachineSpend.Kind(
            new ProviderName(row.text()), row.text(), row.text(), Market.parse(row.text()));
    return new MachineSpend(pool, kind, row.number(), row.number(), row.number(), row.number());
  }

  @Override
  public List<JobUse> uses(OrgId org, Period period, int limit) {
    return database
        .read(
            "list what jobs used of tenant",
            org,
            session ->
                session.all(
                    USES, UsedJob::read, org.value(), period.begins(), period.ends(), limit))
        .stream()
        .map(UsedJob::use)
        .toList();
  }

  @Override
  public int forget(LocalDate before, int limit) {
    return database.write(
        "forget costs before",
        before,
        session -> session.update(FORGET, before.toEpochDay(), limit));
  }

  static String sums(Grouping by) {
    return SUMS.formatted(columns(by), "org_id = ? AND ", column(by));
  }

  private static String column(Grouping by) {
    return switch (by) {
      case ORG -> "org_id";
      case POOL -> "pool";
      case REPOSITORY -> "repository";
      case WORKFLOW -> "repository, workflow";
      case LABEL -> "labels";
    };
  }

  /** What an {@link Attribution} is made of; something that means nothing where it is not asked. */
  private static String columns(Grouping by) {
    return switch (by) {
      case ORG -> "org_id, 'any', '-', '', ''";
      case POOL -> "'any', pool, '-', '', ''";
      case REPOSITORY -> "'any', 'any', repository, '', ''";
      case WORKFLOW -> "'any', 'any', repository, workflow, ''";
      case LABEL -> "'any', 'any', '-', '', labels";
    };
  }

  private static CostGroup read(Row row, Grouping by) throws SQLException {
    var whose =
        new Attribution(
            new OrgId(row.text()),
            new PoolName(row.text()),
            new Repository(row.text()),
            row.text(),
            StoredLabels.read(row.text()));
    return new CostGroup(
        whose.group(by),
        new Split(row.number(), row.number(), row.number(), row.number()),
        row.number(),
        row.number(),
        row.number());
  }
}
