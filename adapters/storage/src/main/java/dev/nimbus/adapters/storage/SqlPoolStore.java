package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.storage.PoolStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pools in the table pool. */
final class SqlPoolStore implements PoolStore {
  private static final String SELECT =
      """
      SELECT org_id, name, settings, max_machines, changed_at, revision
        FROM pool
      """;

  private final Database database;

  SqlPoolStore(Database database) {
    this.database = database;
  }

  @Override
  public Pool apply(Pool pool, Instant now) {
    return database.write("apply pool", pool.name(), session -> apply(session, pool, now));
  }

  @Override
  public Optional<Pool> find(OrgId org, PoolName name) {
    return database.read("find pool", name, session -> find(session, org, name));
  }

  @Override
  public List<Pool> list(OrgId org) {
    return database.read(
        "list pools of tenant",
        org,
        session ->
            session.all(
                SELECT + " WHERE org_id = ? ORDER BY name", SqlPoolStore::read, org.value()));
  }

  @Override
  public List<Pool> all() {
    return database.read(
        "list",
        "pools",
        session -> session.all(SELECT + " ORDER BY org_id, name", SqlPoolStore::read));
  }

  @Override
  public boolean remove(OrgId org, PoolName name) {
    return database.write(
        "remove pool",
        name,
        session ->
            1
                == session.update(
                    "DELETE FROM pool WHERE org_id = ? AND name = ?", org.value(), name.value()));
  }

  private static Optional<Pool> find(Session session, OrgId org, PoolName name)
      throws SQLException {
    return session.first(
        SELECT + " WHERE org_id = ? AND name = ?", SqlPoolStore::read, org.value(), name.value());
  }

  private static Pool apply(Session session, Pool wanted, Instant now) throws SQLException {
    Counters.know(session, wanted.org());
    session.dialect().lockOrg(session, wanted.org().value());
    var before = find(session, wanted.org(), wanted.name());
    if (before.isPresent() && before.get().sameContent(wanted)) {
      return before.get();
    }
    session.update(
        """
        INSERT INTO pool (org_id, name, settings, max_machines, changed_at, revision)
        VALUES (?, ?, ?, ?, ?, 1)
        ON CONFLICT (org_id, name) DO UPDATE
           SET settings = excluded.settings, max_machines = excluded.max_machines,
               changed_at = excluded.changed_at, revision = pool.revision + 1
        """,
        wanted.org().value(),
        wanted.name().value(),
        StoredPool.text(wanted),
        wanted.max(),
        now);
    return find(session, wanted.org(), wanted.name()).orElseThrow();
  }

  private static Pool read(Row row) throws SQLException {
    var org = new OrgId(row.text());
    var name = new PoolName(row.text());
    var settings = StoredPool.read(row.text());
    return new Pool(
        org,
        name,
        Labels.of(settings.labels()),
        settings.offerings().stream().map(StoredPool.Kind::offering).toList(),
        row.count(),
        settings.minIdle(),
        settings.schedules().stream().map(StoredPool.Hours::schedule).toList(),
        settings.warming(),
        Duration.parse(settings.idleGrace()),
        Duration.parse(settings.maxLife()),
        settings.limits().deadlines(),
        settings.limits().budget(),
        row.time(),
        row.number());
  }
}
