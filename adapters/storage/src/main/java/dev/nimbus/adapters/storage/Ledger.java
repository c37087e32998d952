package dev.nimbus.adapters.storage;

import dev.nimbus.core.cost.Booking;
import dev.nimbus.core.id.MachineName;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.TreeMap;

/** Writes down what a machine cost, in the step in which it is gone. */
final class Ledger {
  private Ledger() {}

  static void close(Session session, MachineName name) throws SQLException {
    var found =
        session.first(
            PaidMachine.SELECT + " AND m.name = ? AND m.gone_at IS NOT NULL",
            PaidMachine::read,
            name.value());
    if (found.isPresent()) {
      book(session, found.get());
    }
  }

  private static void book(Session session, PaidMachine machine) throws SQLException {
    var months = new TreeMap<LocalDate, Long>();
    for (var booking : machine.bill(Instant.EPOCH).bookings()) {
      insert(session, machine, booking);
      months.merge(booking.day().withDayOfMonth(1), booking.micros().total(), Long::sum);
    }
    for (var month : months.entrySet()) {
      add(session, machine, month.getKey(), month.getValue());
    }
  }

  private static void insert(Session session, PaidMachine machine, Booking booking)
      throws SQLException {
    var place = machine.place();
    var served = machine.served();
    var micros = booking.micros();
    session.update(
        """
        INSERT INTO machine_cost (org_id, day, machine, first, pool, provider, place, type, market,
                                  micros_per_hour, job_id, repository, workflow, labels, asked_at,
                                  gone_at, millis, job_micros, idle_micros, warm_micros,
                                  failed_micros)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        machine.org(),
        booking.day().toEpochDay(),
        machine.machine(),
        booking.first() ? 1 : 0,
        machine.pool(),
        place.provider(),
        place.place(),
        place.type(),
        place.market(),
        machine.microsPerHour(),
        served.job(),
        served.repository(),
        served.workflow(),
        served.labels(),
        machine.course().asked(),
        machine.course().gone(),
        booking.millis(),
        micros.job(),
        micros.idle(),
        micros.warm(),
        micros.failed());
  }

  private static void add(Session session, PaidMachine machine, LocalDate month, long micros)
      throws SQLException {
    session.update(
        """
        INSERT INTO month_cost (org_id, pool, provider, month, micros)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (org_id, pool, provider, month) DO UPDATE
           SET micros = month_cost.micros + excluded.micros
        """,
        machine.org(),
        machine.pool(),
        machine.place().provider(),
        month.toEpochDay(),
        micros);
  }
}
