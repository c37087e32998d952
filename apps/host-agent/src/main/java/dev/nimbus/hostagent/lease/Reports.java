package dev.nimbus.hostagent.lease;

import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.Outcome;
import java.time.Duration;

/** What to tell about a job, from how its sandbox ended and what the host meant to do with it. */
final class Reports {
  private static final int KILLED = 137;
  private static final int MAX_CODE = 255;
  private static final long MIB = 1024 * 1024;
  private static final long GIB = 1024 * MIB;

  private Reports() {}

  static Report of(Intent intent, Exit exit, Holding holding) {
    return switch (intent) {
      case RUN -> ended(exit, holding);
      case CANCEL -> cancelled();
      case TIME_OUT -> new Report.Finished(Outcome.timedOut(holding.timeout()));
      case STOP -> stopped();
      case GIVE_UP, LOST ->
          new Report.GivenBack("Killed: the lease could not be renewed in time", true);
    };
  }

  /** For a job whose sandbox never ran. */
  static Report notStarted(Intent intent, String why, boolean counts) {
    return intent == Intent.CANCEL ? cancelled() : new Report.GivenBack(why, counts);
  }

  /** For a job that cannot be started anywhere now. */
  static Report postponed(Intent intent, String why) {
    return switch (intent) {
      case CANCEL -> cancelled();
      case STOP -> stopped();
      case RUN, TIME_OUT, GIVE_UP, LOST -> new Report.Postponed(why);
    };
  }

  /** For a job that nobody needs any more. */
  static Report calledOff(String why) {
    return new Report.Finished(Outcome.calledOff(why));
  }

  /** For a job whose sandbox was not up in time. */
  static Report overdue(Intent intent, Duration limit) {
    return switch (intent) {
      case CANCEL -> cancelled();
      case STOP -> stopped();
      case RUN, TIME_OUT, GIVE_UP, LOST ->
          new Report.GivenBack(
              "Cannot start: its sandbox was not up after " + limit.toSeconds() + " s", true);
    };
  }

  private static Report stopped() {
    return new Report.GivenBack("The host was stopped", false);
  }

  private static Report ended(Exit exit, Holding holding) {
    return switch (exit) {
      case Exit.Exited(var code) ->
          new Report.Finished(Outcome.exited(code < 0 || code > MAX_CODE ? MAX_CODE : code));
      case Exit.OutOfMemory() ->
          new Report.Finished(
              Outcome.failed(
                  KILLED, "out of memory: used more than " + holding.memoryBytes() / MIB + " MiB"));
      case Exit.OverDisk(var limit) ->
          new Report.Finished(Outcome.failed(KILLED, "disk limit of " + size(limit) + " reached"));
      case Exit.Crashed(var why) -> new Report.GivenBack("The sandbox broke: " + why, true);
    };
  }

  private static String size(long bytes) {
    return bytes % GIB == 0 ? bytes / GIB + " GiB" : bytes / MIB + " MiB";
  }

  private static Report cancelled() {
    return new Report.Finished(new Outcome(Conclusion.CANCELLED, 130, "Cancelled on request"));
  }
}
