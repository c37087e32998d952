package dev.nimbus.adapters.storage;

import dev.nimbus.core.cost.Attribution;
import dev.nimbus.core.cost.Bill;
import dev.nimbus.core.cost.Life;
import dev.nimbus.core.cost.Worked;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.machine.EndCause;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a machine's cost depends on, and whom it is put down to. */
record PaidMachine(
    String org,
    String pool,
    String machine,
    Place place,
    long microsPerHour,
    String billing,
    Course course,
    Served served) {
  /** Machines that showed that they exist; a condition is added. */
  static final String SELECT =
      """
      SELECT m.org_id, m.pool, m.name, m.provider, m.place, m.type, m.market, m.micros_per_hour,
             m.billing, m.warm, m.end_cause, m.asked_at, m.gone_at, m.worked_from, m.worked_until,
             coalesce(j.job_id, ''), coalesce(j.repository, '-'), coalesce(j.labels, ''),
             coalesce(d.metadata_value, ''), f.facts
        FROM machine m
        LEFT JOIN job j ON j.seq = m.seq AND j.org_id = m.org_id
        LEFT JOIN job_metadata d ON d.seq = j.seq AND d.metadata_key = 'workflow'
        LEFT JOIN forge_job f ON f.seq = j.seq
       WHERE (m.launched_at IS NOT NULL OR m.redeemed_at IS NOT NULL OR m.ready_at IS NOT NULL)
      """;

  static PaidMachine read(Row row) throws SQLException {
    return new PaidMachine(
        row.text(),
        row.text(),
        row.text(),
        new Place(row.text(), row.text(), row.text(), row.text()),
        row.number(),
        row.text(),
        Course.read(row),
        new Served(row.text(), row.text(), row.text(), row.text(), row.textOrNull()));
  }

  /** Until now, or until it was gone. */
  Bill bill(Instant now) {
    return new Bill(microsPerHour, StoredBilling.read(billing), course.life(now));
  }

  Attribution attribution() {
    return new Attribution(
        new OrgId(org),
        new PoolName(pool),
        new Repository(served.repository),
        served.workflow(),
        StoredLabels.read(served.labels));
  }

  /** Where it was, as its provider says it. */
  record Place(String provider, String place, String type, String market) {}

  /** How its time passed. */
  record Course(
      boolean warm,
      String ended,
      Instant asked,
      @Nullable Instant gone,
      @Nullable Instant workedFrom,
      @Nullable Instant workedUntil) {
    private static Course read(Row row) throws SQLException {
      return new Course(
          row.number() > 0,
          row.textOrEmpty(),
          row.time(),
          row.timeOrNull(),
          row.timeOrNull(),
          row.timeOrNull());
    }

    private Life life(Instant now) {
      var cause = Optional.of(ended).filter(word -> !word.isEmpty()).map(EndCause::parse);
      var worked =
          Optional.ofNullable(workedFrom)
              .map(from -> new Worked(from, Optional.ofNullable(workedUntil)));
      return new Life(asked, gone == null ? now : gone, gone != null, warm, worked, cause);
    }
  }

  /** The job its host was granted, if it was. */
  record Served(
      String job, String repository, String labels, String tagged, @Nullable String facts) {
    /** As its forge says it, or as whoever submitted it does. */
    String workflow() {
      var announced = facts == null ? "" : StoredForgeJob.read(facts).workflow();
      return announced.isEmpty() ? tagged : announced;
    }
  }
}
