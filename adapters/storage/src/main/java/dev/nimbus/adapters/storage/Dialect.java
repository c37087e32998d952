package dev.nimbus.adapters.storage;

import java.sql.Connection;
import java.sql.SQLException;

/** Where the two databases differ in what Nimbus asks of them. */
enum Dialect {
  /** One writer at a time, so nothing has to be locked. */
  SQLITE(
      "sqlite",
      "instr",
      "min",
      "(SELECT coalesce(max(turn), 0) + 1 FROM org)",
      "",
      "",
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"),
  /** Many writers, on several machines. */
  POSTGRES(
      "postgres",
      "strpos",
      "least",
      "nextval('turn')",
      "FOR UPDATE",
      "FOR SHARE",
      "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?");

  private static final long GRANTING = 0x6e696d627573L;
  private static final long MIGRATING = GRANTING + 1;

  private final String folder;
  private final String find;
  private final String least;
  private final String nextTurn;
  private final String lock;
  private final String keep;
  private final String hasTable;

  Dialect(
      String folder,
      String find,
      String least,
      String nextTurn,
      String lock,
      String keep,
      String hasTable) {
    this.folder = folder;
    this.find = find;
    this.least = least;
    this.nextTurn = nextTurn;
    this.lock = lock;
    this.keep = keep;
    this.hasTable = hasTable;
  }

  /** Where the migrations lie. */
  String folder() {
    return folder;
  }

  /**
   * Writes {@code $find(text, part)}, {@code $least(a, b)} and {@code $turn} in its own words, and
   * at the end of a query {@code $lock}, which lets nobody else change or lock the rows until the
   * transaction ends, and {@code $keep}, which lets nobody change them.
   */
  String sql(String common) {
    return common
        .replace("$find", find)
        .replace("$least", least)
        .replace("$turn", nextTurn)
        .replace("$lock", lock)
        .replace("$keep", keep);
  }

  boolean manyWriters() {
    return this == POSTGRES;
  }

  /**
   * Keeps others from granting and expiring until the transaction ends. These are the steps that
   * lock several tenants; all others lock one, so nobody waits in a circle.
   */
  void lockGranting(Session session) throws SQLException {
    if (manyWriters()) {
      session.first("SELECT pg_advisory_xact_lock(?)", row -> true, GRANTING);
    }
  }

  /**
   * Keeps others from changing a tenant's queue until the transaction ends, so that later
   * statements see all that was done to it before.
   */
  void lockOrg(Session session, String org) throws SQLException {
    if (manyWriters()) {
      session.first("SELECT 1 FROM org WHERE org_id = ? FOR UPDATE", row -> true, org);
    }
  }

  /** Locks the tenant of a job like {@link #lockOrg}. */
  void lockOrgOf(Session session, String job) throws SQLException {
    if (manyWriters()) {
      session.first(
          "SELECT 1 FROM org WHERE org_id = (SELECT org_id FROM job WHERE job_id = ?) FOR UPDATE",
          row -> true,
          job);
    }
  }

  /** Locks every tenant like {@link #lockOrg}, for a holder of the granting lock. */
  void lockOrgs(Session session) throws SQLException {
    if (manyWriters()) {
      session.all("SELECT 1 FROM org ORDER BY org_id FOR UPDATE", row -> true);
    }
  }

  /** Keeps others from changing the schema until the transaction ends. */
  void lockSchema(Connection connection) throws SQLException {
    if (manyWriters()) {
      try (var statement = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
        statement.setLong(1, MIGRATING);
        statement.executeQuery().close();
      }
    }
  }

  boolean hasTable(Connection connection, String name) throws SQLException {
    try (var statement = connection.prepareStatement(hasTable)) {
      statement.setString(1, name);
      try (var result = statement.executeQuery()) {
        return result.next();
      }
    }
  }
}
