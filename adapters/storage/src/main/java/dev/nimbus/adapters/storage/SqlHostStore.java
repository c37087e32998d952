package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.storage.HostStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hosts in the table host; what their leases take is summed from the jobs they hold. */
final class SqlHostStore implements HostStore {
  private static final String SELECT =
      """
      SELECT host_id, org_id, sharing, labels, milli_cpus, memory_bytes, slots,
             (SELECT coalesce(sum(job.milli_cpus), 0) FROM job
               WHERE job.host_id = host.host_id AND lease_until IS NOT NULL),
             (SELECT coalesce(sum(job.memory_bytes), 0) FROM job
               WHERE job.host_id = host.host_id AND lease_until IS NOT NULL),
             (SELECT count(*) FROM job
               WHERE job.host_id = host.host_id AND lease_until IS NOT NULL),
             reductions, version, registered_at, seen_at
        FROM host
      """;

  private final Database database;

  SqlHostStore(Database database) {
    this.database = database;
  }

  @Override
  public void register(Registration registration, Instant now) {
    var written =
        database.write(
            "register host",
            registration.id(),
            session -> {
              Counters.know(session, registration.org());
              return register(session, registration, now);
            });
    if (written == 0) {
      throw new NimbusException(
          Kind.DENIED,
          "Cannot register host '%s': another tenant has a host of this name"
              .formatted(registration.id()));
    }
  }

  @Override
  public boolean seen(HostId host, Instant now) {
    return database.write(
        "note that host is alive",
        host,
        session ->
            1
                == session.update(
                    "UPDATE host SET seen_at = ? WHERE host_id = ?", now, host.value()));
  }

  @Override
  public Optional<Host> find(HostId host) {
    return database.read(
        "find host",
        host,
        session -> session.first(SELECT + " WHERE host_id = ?", SqlHostStore::read, host.value()));
  }

  @Override
  public List<Host> list(OrgId org) {
    return database.read(
        "list hosts of tenant",
        org,
        session ->
            session.all(
                SELECT + " WHERE org_id = ? OR sharing = 'all' ORDER BY host_id",
                SqlHostStore::read,
                org.value()));
  }

  @Override
  public List<HostId> forgetUnseen(Instant since) {
    return database.write(
        "forget hosts not seen since",
        since,
        session ->
            session.all(
                """
                DELETE FROM host
                 WHERE seen_at < ?
                   AND NOT EXISTS (SELECT 1
                                     FROM job
                                    WHERE job.host_id = host.host_id AND lease_until IS NOT NULL)
                RETURNING host_id
                """,
                row -> new HostId(row.text()),
                since));
  }

  private static int register(Session session, Registration host, Instant now) throws SQLException {
    return session.update(
        """
        INSERT INTO host (host_id, org_id, sharing, labels, milli_cpus, memory_bytes, slots,
                          reductions, version, registered_at, seen_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (host_id) DO UPDATE
           SET sharing = excluded.sharing, labels = excluded.labels,
               milli_cpus = excluded.milli_cpus, memory_bytes = excluded.memory_bytes,
               slots = excluded.slots, reductions = excluded.reductions,
               version = excluded.version, registered_at = excluded.registered_at,
               seen_at = excluded.seen_at
         WHERE host.org_id = excluded.org_id
        """,
        host.id().value(),
        host.org().value(),
        sharing(host.sharing()),
        StoredLabels.text(host.labels()),
        host.capacity().milliCpus(),
        host.capacity().memoryBytes(),
        host.slots(),
        Lists.text(host.reductions()),
        host.version(),
        now,
        now);
  }

  private static Host read(Row row) throws SQLException {
    return new Host(
        new HostId(row.text()),
        new OrgId(row.text()),
        row.text().equals("all") ? Host.Sharing.ALL : Host.Sharing.OWN,
        StoredLabels.read(row.text()),
        new Size(row.count(), row.number()),
        row.count(),
        new Size(row.count(), row.number()),
        row.count(),
        Lists.read(row.text()),
        row.text(),
        row.time(),
        row.time());
  }

  private static String sharing(Host.Sharing sharing) {
    return sharing == Host.Sharing.ALL ? "all" : "own";
  }
}
