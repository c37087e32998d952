package dev.nimbus.hostagent.sweep;

import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.hostagent.lease.Holding;
import dev.nimbus.hostagent.lease.Intent;
import dev.nimbus.hostagent.lease.Report;
import dev.nimbus.hostagent.lease.Stage;
import dev.nimbus.service.time.BootClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Stage} as it is written to disk: one word, and the fields that word has.
 *
 * @param timeoutAtMs since the boot the job belongs to, rounded up
 */
record SavedStage(
    String word,
    @Nullable Intent intent,
    @Nullable Long timeoutAtMs,
    @Nullable Boolean ran,
    @Nullable SavedReport report) {

  static SavedStage of(Stage stage, Clocks clocks) {
    return switch (stage) {
      case Stage.Starting(var intent, _) -> new SavedStage("starting", intent, null, null, null);
      case Stage.Running(var timeoutAt, var intent, _) ->
          new SavedStage("running", intent, millis(clocks.lasting(timeoutAt).since()), null, null);
      case Stage.Ended(var report, var ran, _) ->
          new SavedStage("ended", null, null, ran, SavedReport.of(report));
      case Stage.Reporting(var report, _, _) ->
          new SavedStage("reporting", null, null, null, SavedReport.of(report));
      case Stage.Released(var report) ->
          new SavedStage("released", null, null, null, SavedReport.of(report));
      case Stage.Discarded() -> new SavedStage("discarded", null, null, null, null);
    };
  }

  /** The stage in the time of this life. A job of another boot is not ended for its age. */
  Stage stage(String boot, Holding holding, Clocks clocks) {
    var now = clocks.now();
    return switch (word) {
      case "starting" -> new Stage.Starting(there(intent), now);
      case "running" -> new Stage.Running(timeoutAt(boot, holding, clocks), there(intent), false);
      case "ended" -> new Stage.Ended(there(report).report(), there(ran), false);
      case "reporting" -> new Stage.Reporting(there(report).report(), now, 0);
      case "released" -> new Stage.Released(there(report).report());
      case "discarded" -> new Stage.Discarded();
      default -> throw new IllegalArgumentException("Not a stage: '" + word + "'");
    };
  }

  private Duration timeoutAt(String boot, Holding holding, Clocks clocks) {
    var then = new BootClock.Moment(boot, Duration.ofMillis(there(timeoutAtMs)));
    return clocks.here(then).orElse(clocks.now().plus(holding.timeout()));
  }

  private static long millis(Duration time) {
    return Math.ceilDiv(time.toNanos(), 1_000_000);
  }

  private static <T> T there(@Nullable T field) {
    if (field == null) {
      throw new IllegalArgumentException("A saved job lacks a field");
    }
    return field;
  }

  /**
   * A {@link Report}: with a conclusion it is final, without one the job is given back, for later
   * where it is postponed.
   */
  record SavedReport(
      @Nullable Conclusion conclusion,
      int exitCode,
      String reason,
      boolean counts,
      @Nullable Boolean postponed) {
    static SavedReport of(Report report) {
      return switch (report) {
        case Report.Finished(var outcome) ->
            new SavedReport(
                outcome.conclusion(), outcome.exitCode(), outcome.reason(), false, null);
        case Report.GivenBack(var why, var counts) -> new SavedReport(null, 0, why, counts, null);
        case Report.Postponed(var why) -> new SavedReport(null, 0, why, false, true);
      };
    }

    Report report() {
      if (postponed != null && postponed) {
        return new Report.Postponed(reason);
      }
      return conclusion == null
          ? new Report.GivenBack(reason, counts)
          : new Report.Finished(new Outcome(conclusion, exitCode, reason));
    }
  }
}
