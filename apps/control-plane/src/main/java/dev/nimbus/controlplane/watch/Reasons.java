package dev.nimbus.controlplane.watch;

import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.placement.Outlook;
import dev.nimbus.core.placement.WaitReason;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The one current reason for where a job stands. */
public final class Reasons {
  private final Storage storage;
  private final KnownJobs known;
  private final Duration hostLostAfter;
  private final JobRate rate;
  private final Supplier<Outlook> outlook;
  private final InstantSource time;

  public Reasons(
      Storage storage,
      Duration hostLostAfter,
      JobRate rate,
      Supplier<Outlook> outlook,
      InstantSource time) {
    this.storage = storage;
    this.known = new KnownJobs(storage.jobs());
    this.hostLostAfter = hostLostAfter;
    this.rate = rate;
    this.outlook = outlook;
    this.time = time;
  }

  /** Why a waiting job waits, or what has become of one that does not. */
  public Reason of(Job job) {
    var standing = storage.jobs().standing(job.org(), job.id());
    if (standing.isEmpty()) {
      return new Reason(job.state().word(), job.state().word(), told(job));
    }
    var hosts = storage.hosts().list(job.org());
    var ofHosts = WaitReason.of(standing.get(), hosts, hostLostAfter, rate, time.instant());
    var reason = outlook.get().over(job.org(), standing.get().requirements(), ofHosts);
    var sentence = reason.sentence() + lastAttempt(job);
    return new Reason("waiting", WaitReason.word(reason.code()), sentence);
  }

  /** What came of it so far, for a job that waits again. */
  private String lastAttempt(Job job) {
    var attempts = known.attempts(job);
    return attempts.isEmpty()
        ? ""
        : " Its last attempt, on host '%s', ended: %s"
            .formatted(attempts.getLast().host(), attempts.getLast().ending());
  }

  private static String told(Job job) {
    return switch (job.state()) {
      case JobState.Waiting _ -> "It waits.";
      case JobState.Leased leased -> "Host '%s' is starting it.".formatted(leased.host());
      case JobState.Running running -> "It runs on host '%s'.".formatted(running.host());
      case JobState.Ended(var outcome, _) ->
          outcome.reason().isEmpty()
              ? "It ended with exit code %d.".formatted(outcome.exitCode())
              : outcome.reason();
    };
  }

  /** The state of a job, a word a program may switch on, and a sentence. */
  public record Reason(String state, String code, String sentence) {}
}
