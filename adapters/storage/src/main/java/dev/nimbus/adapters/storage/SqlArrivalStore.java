package dev.nimbus.adapters.storage;

import dev.nimbus.core.forecast.Came;
import dev.nimbus.core.forecast.Hour;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.storage.ArrivalStore;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Hours in the table arrival; how far jobs are counted is in the table arrival_mark. */
final class SqlArrivalStore implements ArrivalStore {
  static final String COUNTED = "SELECT seq FROM arrival_mark WHERE mark_id = 1";
  static final String NEXT =
      """
      SELECT seq, lane_id, org_id, labels, milli_cpus, memory_bytes, submitted_at
        FROM job
       WHERE seq > ?
       ORDER BY seq
       LIMIT ?
      """;
  static final String HOURS =
      """
      SELECT hour_at, jobs, squares
        FROM arrival
       WHERE org_id = ? AND pool = ? AND hour_at >= ?
       ORDER BY hour_at
      """;

  private final Database database;

  SqlArrivalStore(Database database) {
    this.database = database;
  }

  @Override
  public Uncounted uncounted(Instant before, int limit) {
    return database.read(
        "list jobs not counted before",
        before,
        session -> {
          var after = session.number(COUNTED);
          return told(after, session.all(NEXT, SqlArrivalStore::read, after, limit), before, limit);
        });
  }

  @Override
  public boolean count(Map<Owner, List<Hour>> hours, Uncounted told) {
    return database.write("count jobs until", told.until(), session -> count(session, hours, told));
  }

  @Override
  public List<Hour> hours(Owner pool, Instant from) {
    return database.read(
        "list hours of pool",
        pool.pool(),
        session ->
            session.all(
                HOURS,
                row -> new Hour(row.time(), row.number(), row.number()),
                pool.org().value(),
                pool.pool().value(),
                from));
  }

  @Override
  public int forget(Instant before) {
    return database.write(
        "forget hours before",
        before,
        session -> session.update("DELETE FROM arrival WHERE hour_at < ?", before));
  }

  /**
   * The rows up to the instant. Of as many as were asked for, those of the last minute may not be
   * all, and wait for the next time.
   */
  private static Uncounted told(long after, List<Found> rows, Instant before, int limit) {
    var until = 0;
    while (until < rows.size() && rows.get(until).job.at().isBefore(before)) {
      until++;
    }
    var all = until < rows.size() || rows.size() < limit;
    var whole = all ? until : wholeMinutes(rows);
    var told = rows.subList(0, whole);
    return new Uncounted(
        after,
        told.isEmpty() ? after : told.getLast().seq,
        told.stream().filter(row -> row.admitted).map(Found::job).toList(),
        all);
  }

  private static int wholeMinutes(List<Found> rows) {
    var last = minute(rows.getLast());
    var whole = rows.size();
    while (whole > 0 && minute(rows.get(whole - 1)).equals(last)) {
      whole--;
    }
    return whole == 0 ? rows.size() : whole;
  }

  private static Instant minute(Found row) {
    return row.job.at().truncatedTo(ChronoUnit.MINUTES);
  }

  private static boolean count(Session session, Map<Owner, List<Hour>> hours, Uncounted told)
      throws SQLException {
    var moved =
        session.update(
            "UPDATE arrival_mark SET seq = ? WHERE mark_id = 1 AND seq = ?",
            told.until(),
            told.after());
    if (moved == 0) {
      return false;
    }
    for (var pool : hours.entrySet()) {
      for (var hour : pool.getValue()) {
        add(session, pool.getKey(), hour);
      }
    }
    return true;
  }

  private static void add(Session session, Owner pool, Hour hour) throws SQLException {
    session.update(
        """
        INSERT INTO arrival (org_id, pool, hour_at, jobs, squares)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (org_id, pool, hour_at) DO UPDATE
           SET jobs = arrival.jobs + excluded.jobs, squares = arrival.squares + excluded.squares
        """,
        pool.org().value(),
        pool.pool().value(),
        hour.start(),
        hour.jobs(),
        hour.squares());
  }

  private static Found read(Row row) throws SQLException {
    var seq = row.number();
    var admitted = row.number() != 0;
    var org = new OrgId(row.text());
    var labels = StoredLabels.read(row.text());
    var size = new Size(row.count(), row.number());
    return new Found(seq, admitted, new Came(org, new Requirements(labels, size), row.time()));
  }

  /** A job and its place; one that was refused has a place as well. */
  private record Found(long seq, boolean admitted, Came job) {}
}
