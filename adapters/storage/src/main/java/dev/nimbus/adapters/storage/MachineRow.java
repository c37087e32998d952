package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Moments;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.core.storage.MachineStore.Unanswered;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a row of the table machine is read. */
final class MachineRow {
  private static final String CELL = "provider, place, type, image, market";

  /** Whether its host holds a lease. */
  static final String BUSY =
      "EXISTS (SELECT 1 FROM job WHERE job.host_id = machine.name AND lease_until IS NOT NULL)";

  /** The columns {@link #read} expects. */
  static final String COLUMNS =
      "org_id, name, pool, "
          + CELL
          + """
            , milli_cpus, memory_bytes, micros_per_hour, warm, purpose, stage, provider_id,
            report_state, report_detail, CASE WHEN %s THEN 1 ELSE 0 END, end_cause, end_why,
            asked_at, launched_at, redeemed_at, ready_at, ending_at, gone_at, revision
          """
              .formatted(BUSY);

  /** The columns {@link #unanswered} expects. */
  static final String SPEC =
      "name, org_id, pool, " + CELL + ", disk_gib, max_life, key_id, user_data";

  private MachineRow() {}

  static Machine read(Row row) throws SQLException {
    return new Machine(
        new OrgId(row.text()),
        new MachineName(row.text()),
        new PoolName(row.text()),
        cell(row),
        new Size(row.count(), row.number()),
        row.number(),
        row.number() > 0,
        row.text(),
        Stage.parse(row.text()),
        row.text(),
        new Report(row.text(), row.text()),
        row.number() > 0,
        end(row.textOrEmpty(), row.textOrEmpty()),
        new Moments(row.time(), time(row), time(row), time(row), time(row), time(row)),
        row.number());
  }

  static Unanswered unanswered(Row row) throws SQLException {
    var spec =
        new MachineSpec(
            new MachineName(row.text()),
            new Owner(new OrgId(row.text()), new PoolName(row.text())),
            cell(row),
            row.count(),
            "",
            Duration.parse(row.text()));
    return new Unanswered(spec, new Sealed(row.text(), row.text()));
  }

  private static Cell cell(Row row) throws SQLException {
    return new Cell(
        new ProviderName(row.text()), row.text(), row.text(), row.text(), Market.parse(row.text()));
  }

  private static Optional<Machine.End> end(String cause, String why) {
    return cause.isEmpty()
        ? Optional.empty()
        : Optional.of(new Machine.End(EndCause.parse(cause), why));
  }

  private static Optional<Instant> time(Row row) throws SQLException {
    return Optional.ofNullable(row.timeOrNull());
  }
}
