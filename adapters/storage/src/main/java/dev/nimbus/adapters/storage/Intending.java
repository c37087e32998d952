package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.NewMachine;
import dev.nimbus.core.storage.MachineStore.Reserving;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * The intent to have one more machine. The pool's row is locked before its machines are counted, so
 * that no two can pass its cap together; the provider's is kept, so that it does not go meanwhile.
 */
record Intending(NewMachine wanted, Instant now) {
  static final String LIVE =
      "SELECT count(*) FROM machine WHERE org_id = ? AND pool = ? AND stage <> 'gone'";

  Reserving run(Session session) throws SQLException {
    if (known(session)) {
      return new Reserving.Known();
    }
    var pool = lockPool(session);
    if (pool.isEmpty()) {
      return unwanted("there is no pool '%s' (any more)".formatted(wanted.spec().owner().pool()));
    }
    if (!pool.get().settings.offers(provider()) || !keepProvider(session)) {
      return unwanted("the pool has no provider '%s' (any more)".formatted(provider()));
    }
    if (session.number(LIVE, org(), pool()) >= pool.get().max) {
      return new Reserving.Full(pool.get().max);
    }
    return insert(session) == 0
        ? new Reserving.Known()
        : new Reserving.Reserved(SqlMachineStore.find(session, name()).orElseThrow());
  }

  private boolean known(Session session) throws SQLException {
    return session
        .first("SELECT 1 FROM machine WHERE name = ?", row -> true, name().value())
        .isPresent();
  }

  private Optional<Room> lockPool(Session session) throws SQLException {
    return session.first(
        "SELECT settings, max_machines FROM pool WHERE org_id = ? AND name = ? $lock",
        row -> new Room(StoredPool.read(row.text()), row.count()),
        org(),
        pool());
  }

  private boolean keepProvider(Session session) throws SQLException {
    return session
        .first(
            "SELECT 1 FROM provider WHERE org_id = ? AND name = ? $keep",
            row -> true,
            org(),
            provider())
        .isPresent();
  }

  private int insert(Session session) throws SQLException {
    var spec = wanted.spec();
    var cell = spec.cell();
    return session.update(
        """
        INSERT INTO machine (name, org_id, pool, provider, place, type, image, market, disk_gib,
                             max_life, key_id, user_data, ticket, milli_cpus, memory_bytes,
                             micros_per_hour, warm, purpose, stage, provider_id,
                             report_state, report_detail, asked_at, revision, billing)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'asked', '', '', '', ?, 1, ?)
        ON CONFLICT DO NOTHING
        """,
        name().value(),
        org(),
        pool(),
        provider(),
        cell.place(),
        cell.type(),
        cell.image(),
        cell.market().word(),
        spec.diskGib(),
        spec.maxLife().toString(),
        wanted.userData().keyId(),
        wanted.userData().text(),
        wanted.ticket(),
        wanted.size().milliCpus(),
        wanted.size().memoryBytes(),
        wanted.microsPerHour(),
        wanted.warm() ? 1 : 0,
        wanted.purpose(),
        now,
        StoredBilling.text(wanted.billing()));
  }

  private static Reserving unwanted(String why) {
    return new Reserving.Unwanted(why);
  }

  private MachineName name() {
    return wanted.spec().name();
  }

  private String org() {
    return wanted.spec().owner().org().value();
  }

  private String pool() {
    return wanted.spec().owner().pool().value();
  }

  private String provider() {
    return wanted.spec().cell().provider().value();
  }

  private record Room(StoredPool settings, int max) {}
}
