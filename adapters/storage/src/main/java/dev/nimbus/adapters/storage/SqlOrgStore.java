package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.org.OrgStanding;
import dev.nimbus.core.storage.OrgStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tenants in the table org. */
final class SqlOrgStore implements OrgStore {
  private final Database database;

  SqlOrgStore(Database database) {
    this.database = database;
  }

  @Override
  public void limit(OrgId org, OrgLimits limits) {
    database.write(
        "limit tenant",
        org,
        session -> {
          Counters.know(session, org);
          return session.update(
              """
              UPDATE org
                 SET max_running = ?, max_running_per_repository = ?, max_waiting = ?
               WHERE org_id = ?
              """,
              limits.maxRunning(),
              limits.maxRunningPerRepository(),
              limits.maxWaiting(),
              org.value());
        });
  }

  @Override
  public Optional<OrgStanding> find(OrgId org) {
    return database.read(
        "find tenant",
        org,
        session ->
            session.first(
                """
                SELECT org_id, max_running, max_running_per_repository, max_waiting, waiting,
                       running, used_until
                  FROM org
                 WHERE org_id = ?
                """,
                SqlOrgStore::standing,
                org.value()));
  }

  @Override
  public List<OrgStanding> list() {
    return database.read(
        "list",
        "tenants",
        session ->
            session.all(
                """
                SELECT org_id, max_running, max_running_per_repository, max_waiting, waiting,
                       running, used_until
                  FROM org
                 ORDER BY org_id
                """,
                SqlOrgStore::standing));
  }

  /** Several tenants are locked, like by granting. */
  @Override
  public int usedAtMost(Instant until) {
    return database.write(
        "bound what tenants used of their rate until",
        until,
        session -> {
          session.dialect().lockGranting(session);
          return session.update("UPDATE org SET used_until = ? WHERE used_until > ?", until, until);
        });
  }

  static OrgStanding standing(Row row) throws SQLException {
    var org = new OrgId(row.text());
    var limits = new OrgLimits(row.count(), row.count(), row.count());
    return new OrgStanding(org, limits, row.count(), row.count(), row.time());
  }
}
