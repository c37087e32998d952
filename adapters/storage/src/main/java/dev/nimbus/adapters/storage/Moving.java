package dev.nimbus.adapters.storage;

import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.Taker;
import dev.nimbus.core.forge.Taker.Serves;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.storage.ForgeStore.Moved;
import dev.nimbus.core.storage.ForgeStore.Source;
import dev.nimbus.core.storage.ForgeStore.Stage;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A forge's word that a runner took a job, or that a job is over. */
record Moving(
    Source source, ForgeJobKey key, Stage to, String runner, String conclusion, Instant now) {
  static Moving started(Source source, ForgeJobKey key, String runner, Instant now) {
    return new Moving(source, key, Stage.STARTED, runner, "", Times.stored(now));
  }

  static Moving finished(
      Source source, ForgeJobKey key, String runner, String conclusion, Instant now) {
    return new Moving(source, key, Stage.FINISHED, runner, conclusion, Times.stored(now));
  }

  Moved run(Session session) throws SQLException {
    var jobs = ForgeJobs.lock(session, source.org());
    if (!Deliveries.isNew(session, source, now)) {
      return new Moved.Replayed();
    }
    var known = jobs.find(source, key);
    if (known.isEmpty()) {
      Counters.know(session, source.org());
      change(jobs, jobs.add(source, key, now)).write(jobs, this);
      return new Moved.Unheard();
    }
    return known.get().stage().compareTo(to) < 0
        ? change(jobs, known.get()).write(jobs, this)
        : new Moved.Known();
  }

  private Move change(ForgeJobs jobs, ForgeJobRow row) throws SQLException {
    var said = runner.isEmpty() ? row.runner() : runner;
    var by = current(jobs, said);
    if (by != null && row.servedBy(by.seq())) {
      return Move.by(row, said, by);
    }
    var ours = jobs.serving(row).orElse(null);
    if (said.isEmpty() && ours != null && perhapsBy(ours, row)) {
      return Move.by(row, said, ours);
    }
    return by == null || said.equals(row.runner())
        ? Move.elsewhere(row, said, ours)
        : taken(jobs, row, ours, by);
  }

  /** Whether ours may be what runs a job of which the forge names no runner. */
  private boolean perhapsBy(WholeJob ours, ForgeJobRow row) {
    var running = to == Stage.STARTED || row.stage() == Stage.STARTED;
    return running && ours.row().columns().held();
  }

  private Move taken(ForgeJobs jobs, ForgeJobRow row, @Nullable WholeJob ours, WholeJob by)
      throws SQLException {
    var other = jobs.servedBy(by.seq()).orElse(null);
    var taker = new Taker(by.job(), serves(other));
    if (taker.stays()) {
      return Move.elsewhere(row, runner, ours);
    }
    var exchanged = ours != null && taker.exchangesWith(ours.job());
    return new Move(row, runner, by, ours, other, exchanged);
  }

  private Serves serves(@Nullable ForgeJobRow other) {
    if (other == null) {
      return Serves.NOTHING;
    }
    if (!other.connection().equals(source.connection().value()) || other.runner().equals(runner)) {
      return Serves.FIXED;
    }
    return other.stage() == Stage.QUEUED ? Serves.WAITING : Serves.NOTHING;
  }

  /** The job of ours whose runner this is, unless the lease it ran under is over without an end. */
  private @Nullable WholeJob current(ForgeJobs jobs, String name) throws SQLException {
    var sandbox = RunnerName.sandboxOf(name);
    if (sandbox.isEmpty()) {
      return null;
    }
    var fence = sandbox.get().fence().value();
    return SqlJobStore.find(jobs.session(), jobs.org(), sandbox.get().job())
        .filter(job -> job.row().lasting().fenceValue() == fence)
        .filter(job -> !job.row().columns().waiting())
        .orElse(null);
  }
}
