package dev.nimbus.controlplane.repair;

import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.Reasons;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.storage.ForgeStore.Untold;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls off what has waited too long, and tells a forge that a job which still waits there will not
 * be served, and why. What is to be told is stored: a process that dies in between leaves it to the
 * next, and one that dies after telling says the same once more.
 */
public final class GivingUp {
  private static final Logger LOG = LoggerFactory.getLogger(GivingUp.class);
  private static final int BATCH = 200;

  private final Storage storage;
  private final Reasons reasons;
  private final JobWatch watch;
  private final Duration deadline;
  private final InstantSource time;
  private final EachAlone<Untold> telling =
      new EachAlone<>("tell that a job is given up", untold -> untold.job().key());

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

  /** Tells what will not be served; what could not be told now is told the next time. */
  void tell(Connection connection, Forge forge) {
    var all = storage.forges().untold(connection.org(), connection.id(), BATCH);
    telling.each(connection, all, untold -> tell(connection, forge, untold));
  }

  private void tell(Connection connection, Forge forge, Untold untold) {
    tell(forge, untold);
    storage.forges().told(connection.org(), connection.id(), untold);
  }

  /** Remembers nothing of other connections than these. */
  void keep(Set<ConnectionId> known) {
    telling.keep(known);
  }

  /** A forge that refuses, or has no way, is not asked again. */
  private static void tell(Forge forge, Untold untold) {
    try {
      if (!forge.giveUp(untold.job(), untold.why())) {
        warn(untold, "the forge has no way to say so, or does not know the job any more");
      }
    } catch (NimbusException e) {
      if (e.kind() != Kind.DENIED) {
        throw e;
      }
      warn(untold, e.getMessage());
    }
  }

  private static void warn(Untold untold, @Nullable String why) {
    LOG.atWarn()
        .addKeyValue("job", untold.job().key())
        .addKeyValue("repository", untold.job().repository())
        .addKeyValue("given_up", untold.why())
        .addKeyValue("why", why)
        .log("A forge cannot be told that a job is given up");
  }
}
