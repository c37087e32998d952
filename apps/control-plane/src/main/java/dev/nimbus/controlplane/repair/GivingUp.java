package dev.nimbus.controlplane.repair;

import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.Reasons;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.ForgeStore.Stage;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls off what has waited too long, and tells a forge that a job which still waits there will not
 * be served, and why. What was told is remembered by this process alone: telling it again says the
 * same.
 */
public final class GivingUp {
  private static final Logger LOG = LoggerFactory.getLogger(GivingUp.class);
  private static final int REMEMBERED = 10_000;
  private static final int BATCH = 200;

  private final Storage storage;
  private final Reasons reasons;
  private final JobWatch watch;
  private final Duration deadline;
  private final InstantSource time;
  private final Set<JobId> told = Collections.synchronizedSet(Collections.newSetFromMap(recent()));

  /**
   * Gives nothing up yet.
   *
   * @param deadline how long a job of a forge may wait for a host
   */
  public GivingUp(
      Storage storage, Reasons reasons, JobWatch watch, Duration deadline, InstantSource time) {
    this.storage = storage;
    this.reasons = reasons;
    this.watch = watch;
    this.deadline = deadline;
    this.time = time;
  }

  /** Gives up what no host took in time; what a host takes meanwhile is left alone. */
  void callOff(Connection connection) {
    var before = time.instant().minus(deadline);
    var org = connection.org();
    for (var id : storage.forges().overdue(org, connection.id(), before, BATCH)) {
      storage.jobs().find(org, id).filter(job -> overdue(job, before)).ifPresent(this::callOff);
    }
  }

  private static boolean overdue(Job job, Instant before) {
    return job.state() instanceof JobState.Waiting(var since) && since.isBefore(before);
  }

  private void callOff(Job job) {
    var why =
        "No host took it within %d s. %s"
            .formatted(deadline.toSeconds(), reasons.of(job).sentence());
    if (storage.jobs().giveUp(job, why, time.instant())) {
      watch.changed(job.id());
    }
  }

  /**
   * Tells what was given up.
   *
   * @param open jobs of the connection
   */
  void tell(Connection connection, Forge forge, List<Served> open) {
    for (var served : open) {
      if (served.stage() == Stage.QUEUED && !told.contains(served.serving())) {
        storage
            .jobs()
            .find(connection.org(), served.serving())
            .flatMap(GivingUp::given)
            .ifPresent(why -> tell(forge, served, why));
      }
    }
  }

  private void tell(Forge forge, Served served, String why) {
    try {
      forge.giveUp(served.job(), why);
    } catch (NimbusException e) {
      if (e.kind() != Kind.DENIED) {
        throw e;
      }
      LOG.atWarn()
          .addKeyValue("job", served.job().key())
          .addKeyValue("repository", served.job().repository())
          .addKeyValue("why", e.getMessage())
          .log("A forge does not let us say that a job is given up");
    }
    told.add(served.serving());
  }

  private static Optional<String> given(Job job) {
    return switch (job.state()) {
      case JobState.Ended(var outcome, _)
          when outcome.conclusion() == Conclusion.DEAD
              || outcome.conclusion() == Conclusion.REJECTED ->
          Optional.of(outcome.reason());
      default -> Optional.empty();
    };
  }

  private static Map<JobId, Boolean> recent() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<JobId, Boolean> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
