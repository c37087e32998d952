package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.NewMachine;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.placement.Spending;
import dev.nimbus.core.storage.MachineStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Machines in the table machine; what their hosts hold is in the table job. */
final class SqlMachineStore implements MachineStore {
  private static final String SELECT = "SELECT " + MachineRow.COLUMNS + " FROM machine";

  static final String LIVE = SELECT + " WHERE stage <> 'gone' ORDER BY name";
  static final String LIST = SELECT + " WHERE org_id = ? ORDER BY asked_at DESC, name DESC LIMIT ?";
  static final String LIST_LIVE =
      SELECT + " WHERE org_id = ? AND stage <> 'gone' ORDER BY asked_at DESC, name DESC LIMIT ?";
  static final String FORGET =
      """
      DELETE FROM machine
       WHERE name IN (SELECT name
                        FROM machine
                       WHERE gone_at < ?
                       ORDER BY gone_at, name
                       LIMIT ?)
      """;

  private final Database database;

  SqlMachineStore(Database database) {
    this.database = database;
  }

  @Override
  public Reserving reserve(NewMachine wanted, Instant now) {
    var intending = new Intending(wanted, now);
    return database.write("reserve machine", wanted.spec().name(), intending::run);
  }

  @Override
  public Optional<Unanswered> unanswered(MachineName name) {
    return database.read(
        "find request for machine",
        name,
        session ->
            session.first(
                "SELECT "
                    + MachineRow.SPEC
                    + " FROM machine WHERE name = ? AND user_data IS NOT NULL",
                MachineRow::unanswered,
                name.value()));
  }

  @Override
  public boolean launched(MachineName name, String providerId, Instant now) {
    return database.write(
        "record launch of machine",
        name,
        session -> MachineSteps.launched(session, name, providerId, now));
  }

  @Override
  public Optional<Machine> redeem(MachineName name, String ticket, Instant now) {
    return database.write(
        "redeem ticket of machine",
        name,
        session ->
            MachineSteps.redeem(session, name, ticket, now)
                ? find(session, name)
                : Optional.empty());
  }

  @Override
  public boolean proves(MachineName name, String ticket) {
    return database.read(
        "compare ticket of machine", name, session -> MachineSteps.proves(session, name, ticket));
  }

  @Override
  public boolean ready(MachineName name, Instant now) {
    return database.write(
        "note that machine is ready", name, session -> MachineSteps.ready(session, name, now));
  }

  @Override
  public boolean report(MachineName name, Report report, Instant now) {
    return database.write(
        "keep report of machine", name, session -> MachineSteps.report(session, name, report));
  }

  @Override
  public boolean retire(MachineName name, Machine.End end, boolean evenBusy, Instant now) {
    return database.write(
        "retire machine", name, session -> MachineSteps.retire(session, name, end, evenBusy, now));
  }

  @Override
  public boolean gone(MachineName name, Instant now) {
    return database.write(
        "record end of machine", name, session -> MachineSteps.gone(session, name, now));
  }

  @Override
  public Optional<Machine> find(OrgId org, MachineName name) {
    return database.read(
        "find machine",
        name,
        session ->
            session.first(
                SELECT + " WHERE org_id = ? AND name = ?",
                MachineRow::read,
                org.value(),
                name.value()));
  }

  @Override
  public Optional<Machine> find(MachineName name) {
    return database.read("find machine", name, session -> find(session, name));
  }

  @Override
  public List<Machine> list(OrgId org, boolean gone, int limit) {
    return database.read(
        "list machines of tenant",
        org,
        session -> session.all(gone ? LIST : LIST_LIVE, MachineRow::read, org.value(), limit));
  }

  @Override
  public List<Machine> live() {
    return database.read("list", "machines", session -> session.all(LIVE, MachineRow::read));
  }

  @Override
  public Spending spending(Instant now) {
    return database.read(
        "sum up what machines cost until", now, new SpendingQuery(Times.stored(now))::run);
  }

  @Override
  public int forget(Instant goneBefore, int limit) {
    return database.write(
        "forget machines gone before",
        goneBefore,
        session -> session.update(FORGET, goneBefore, limit));
  }

  static Optional<Machine> find(Session session, MachineName name) throws SQLException {
    return session.first(SELECT + " WHERE name = ?", MachineRow::read, name.value());
  }
}
