package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.storage.ForgeStore.Moved;
import dev.nimbus.core.storage.ForgeStore.Stage;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a job of a forge came, and what that means for jobs of ours.
 *
 * @param runner that took it, as far as we know
 * @param by the job of ours whose runner that is
 * @param ours the job of ours that was to serve it, unless that is {@code by}
 * @param other what {@code by} served until now
 * @param exchanged whether {@code ours} serves {@code other} now, and is not left over
 */
record Move(
    ForgeJobRow row,
    String runner,
    @Nullable WholeJob by,
    @Nullable WholeJob ours,
    @Nullable ForgeJobRow other,
    boolean exchanged) {
  /** Ours that serves it took it. */
  static Move by(ForgeJobRow row, String runner, WholeJob ours) {
    return new Move(row, runner, ours, null, null, false);
  }

  /** None of ours took it. */
  static Move elsewhere(ForgeJobRow row, String runner, @Nullable WholeJob left) {
    return new Move(row, runner, null, left, null, false);
  }

  Moved write(ForgeJobs jobs, Moving moving) throws SQLException {
    jobs.moved(row, moving.to(), runner, moving.conclusion(), moving.now());
    pair(jobs);
    var left = Optional.ofNullable(exchanged ? null : ours).map(WholeJob::row);
    var cancelled = left.filter(job -> job.columns().waiting());
    var spare = left.filter(job -> job.columns().held());
    if (cancelled.isPresent()) {
      var outcome = Outcome.calledOff(why(moving));
      Endings.endWaiting(jobs.session(), cancelled.get(), outcome, moving.now());
    }
    var taker = Optional.ofNullable(by).map(WholeJob::row);
    return new Moved.Forward(taker.map(Move::id), spare.map(Move::id), cancelled.map(Move::id));
  }

  /** One of ours serves one job at a time also between two statements. */
  private void pair(ForgeJobs jobs) throws SQLException {
    if (other != null) {
      jobs.pair(other, null);
    }
    if (by != null && !row.servedBy(by.seq())) {
      jobs.pair(row, by.seq());
    }
    if (other != null && ours != null && exchanged) {
      jobs.pair(other, ours.seq());
    }
  }

  private String why(Moving moving) {
    if (moving.to() == Stage.STARTED) {
      return "Its forge gave the job to "
          + (runner.isEmpty() ? "a runner it does not name" : "runner '" + runner + "'");
    }
    var conclusion = moving.conclusion();
    return "Its forge says it is over" + (conclusion.isEmpty() ? "" : ": " + conclusion);
  }

  private static JobId id(JobRow job) {
    return job.lasting().id();
  }
}
