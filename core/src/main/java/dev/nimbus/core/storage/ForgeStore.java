package dev.nimbus.core.storage;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.policy.Admission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What forges said of their jobs, and which of our jobs serves each. What a forge says may come
 * twice, late and in any order: a job only moves forward, from queued to started to finished. Each
 * method is one atomic step, the delivery that caused it recorded in the same one. A delivery says
 * one thing of a job, but may announce several jobs.
 */
public interface ForgeStore {
  /** So many of ours are admitted for a job whose runners end without having run it. */
  int MOST_SERVINGS = 5;

  /**
   * A job waits at its forge: admits ours to serve it, or records the refusal, once. Said again, it
   * changes nothing unless none of ours serves the job any more; then another one is admitted. Said
   * because we asked, it also judges anew: a job of ours that still waits and is denied now is
   * rejected, one that was rejected or ended without having served it is followed by another, the
   * latter {@link #MOST_SERVINGS} times at most. What somebody cancelled, and what is dead, stays
   * so.
   *
   * @param serving its id is new; its once key is not looked at, for the forge's key makes it one
   */
  Queued queued(Source source, ForgeJob job, NewJob serving, Admission admission, Instant now);

  /**
   * A runner took a job. When it is the runner of another of our jobs, the two change places, so
   * that there are still as many of ours as there are jobs to serve, provided the one can run in
   * the other's stead; else the job it was made for is {@link #unserved}. When the runner is not
   * ours, the job of ours that is left over is told.
   */
  Moved started(Source source, ForgeJobKey key, String runner, Instant now);

  /** A job is over. A job of ours that still waits to serve it is cancelled. */
  Moved finished(Source source, ForgeJobKey key, String runner, String conclusion, Instant now);

  /** Records a delivery that changes nothing; false when it was seen before. */
  boolean noted(Source source, Instant now);

  /**
   * What our job serves, or was to serve until another runner took it; empty for a job that no
   * forge asked for, and for one whose job ours of another name serves now. Of a job that its forge
   * never announced, only the key is known.
   */
  Optional<Served> servedBy(OrgId org, JobId job);

  /** What our jobs serve, those known of the ones asked for, in the order asked. */
  List<Served> servedBy(OrgId org, List<JobId> jobs);

  /**
   * Jobs of a connection that its forge still wants run, as far as we heard, with ours for them
   * even where it has ended; oldest first.
   */
  default List<Served> open(OrgId org, ConnectionId connection, int limit) {
    return open(org, connection, Place.START, limit);
  }

  /** The same, only those that come after a place. */
  List<Served> open(OrgId org, ConnectionId connection, Place after, int limit);

  /**
   * Jobs of a connection that wait at their forge and that none of ours serves any more, because
   * the runner made for them took another; oldest first. To be queued again.
   */
  List<ForgeJob> unserved(OrgId org, ConnectionId connection, int limit);

  /**
   * Ours that have waited since before an instant to serve jobs of a connection that wait at their
   * forge; those of the oldest first.
   */
  List<JobId> overdue(OrgId org, ConnectionId connection, Instant before, int limit);

  /**
   * Jobs of a connection that wait at their forge in vain, for ours is dead or was rejected, and of
   * whose end the forge was not {@link #told}; oldest first.
   */
  List<Untold> untold(OrgId org, ConnectionId connection, int limit);

  /** The forge was told of this end of ours, or cannot be. Another end is to be told again. */
  void told(OrgId org, ConnectionId connection, Untold what);

  /**
   * Intends to register the runner of a sandbox for a repository, before the forge is asked to.
   * Repeatable.
   */
  void registering(
      OrgId org, ConnectionId connection, SandboxId sandbox, Repository repository, Instant now);

  /** The runner of this sandbox is gone from its forge, or was never there. */
  void retired(OrgId org, ConnectionId connection, RunnerName runner);

  /**
   * Runners whose sandbox is over and that may still be known to their forge, by their names, which
   * mostly is oldest first.
   */
  default List<LeftOver> leftOver(OrgId org, ConnectionId connection, int limit) {
    return leftOver(org, connection, "", limit);
  }

  /** The same, only those whose names come after this text. */
  List<LeftOver> leftOver(OrgId org, ConnectionId connection, String after, int limit);

  /**
   * Forgets deliveries received before the instant, and jobs that none of ours serves and that did
   * not move since, together at most {@code limit}; returns how many.
   */
  int forgetDeliveries(Instant before, int limit);

  /**
   * Who said something.
   *
   * @param deliveryId empty when we asked ourselves or the forge names none
   */
  record Source(OrgId org, ConnectionId connection, String deliveryId) {
    public Source {
      if (deliveryId.length() > Heard.MAX_ID) {
        throw new IllegalArgumentException("Not a delivery: '" + deliveryId + "'");
      }
    }

    public static Source asked(OrgId org, ConnectionId connection) {
      return new Source(org, connection, "");
    }

    /** Ours, known for one by its id alone. One of another tenant is refused. */
    public NewJob own(NewJob serving) {
      if (!serving.org().equals(org)) {
        throw new IllegalArgumentException(
            "Job '%s' of tenant '%s' cannot serve tenant '%s'"
                .formatted(serving.id(), serving.org(), org));
      }
      return serving.once(serving.id().value());
    }

    /** Whether we asked ourselves, so that what is said is how things are now. */
    public boolean asked() {
      return deliveryId.isEmpty();
    }
  }

  /** What became of a job that waits at its forge. */
  sealed interface Queued {
    record Admitted(Job serving) implements Queued {}

    /** Policy refused it; ours is stored as rejected, for people to see. */
    record Rejected(Job serving, Admission.Denial by) implements Queued {}

    /** The delivery was seen before. */
    record Replayed() implements Queued {}

    /** The job was heard of before, and is at least this far. */
    record Known(Optional<JobId> serving) implements Queued {}

    /** The tenant holds as much as it may. Nothing was recorded, so that it can be said again. */
    record Full(String why) implements Queued {}
  }

  /** What became of a step forward. */
  sealed interface Moved {
    /**
     * The job is further now.
     *
     * @param serving our job whose runner took it, if one of ours did; where the forge names no
     *     runner, the one that holds a lease to serve it
     * @param spare our job that has nothing left to serve, and holds a lease
     * @param cancelled our job that had nothing left to serve while it waited, and is cancelled
     */
    record Forward(Optional<JobId> serving, Optional<JobId> spare, Optional<JobId> cancelled)
        implements Moved {}

    /** The delivery was seen before. */
    record Replayed() implements Moved {}

    /** The job is at least this far already. */
    record Known() implements Moved {}

    /** Nobody told us of this job; it is remembered as started or finished. */
    record Unheard() implements Moved {}
  }

  /**
   * A job of a forge as far as it came.
   *
   * @param serving ours that serves it, or ended for it
   * @param stage queued, started or finished
   * @param runner that took it, by the forge's word; empty before
   * @param conclusion the forge's word; empty before the end
   * @param rule that refused it; empty when none did
   */
  record Served(
      OrgId org,
      ConnectionId connection,
      ForgeJob job,
      JobId serving,
      Stage stage,
      String runner,
      String conclusion,
      String rule,
      Instant changedAt) {}

  /**
   * A job that will not be served, which its forge does not know.
   *
   * @param serving ours, which ended without having run it
   * @param why it ended
   * @param endedAt when it ended, by which this end is told from a later one
   */
  record Untold(ForgeJob job, JobId serving, String why, Instant endedAt) {}

  /**
   * Where a job stands among those of a connection, oldest first.
   *
   * @param id the forge's
   */
  record Place(Instant queuedAt, String id, int attempt) {
    /** Before every job. */
    public static final Place START = new Place(Instant.ofEpochSecond(-(1L << 40)), "", 0);

    public static Place of(ForgeJob job) {
      return new Place(job.queuedAt(), job.key().id(), job.key().attempt());
    }
  }

  /**
   * A runner that nothing runs in any more.
   *
   * @param repository it was registered for
   */
  record LeftOver(RunnerName runner, Repository repository) {}

  /** How far a forge's job came. */
  enum Stage {
    QUEUED,
    STARTED,
    FINISHED
  }
}
