package dev.nimbus.core.storage;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Attempt;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.placement.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs from admission to their end, and for as long afterwards as they are kept. */
public interface JobStore {
  /** Records a job once. A submission seen before changes nothing. */
  Admit admit(NewJob job, Instant now);

  Optional<Job> find(OrgId org, JobId id);

  /** Newest first, one page. */
  Page list(OrgId org, JobFilter filter);

  /** Ended leases of a job, oldest first. */
  List<Attempt> attempts(OrgId org, JobId id);

  /** Ends a waiting job, or asks the host of a running one to stop it. Repeatable. */
  Cancel cancel(OrgId org, JobId id, String by, Instant now);

  /**
   * Ends a job as dead, provided that it still waits and nothing happened to it since it was seen
   * like this; false when something did.
   */
  boolean giveUp(Job seen, String why, Instant now);

  /** Puts an ended job back into the queue with its attempts forgotten and its fence kept. */
  Retry retry(OrgId org, JobId id, Instant now);

  /** What stands between a waiting job and a host; empty unless the job waits. */
  Optional<Standing> standing(OrgId org, JobId id);

  /**
   * What every tenant's waiting jobs ask for, for the loops: at most so many groups, those whose
   * first job is first in the queue before the others.
   */
  List<Waiting> demand(int limit);

  /** How many jobs are in each state, by the state's word. */
  Map<String, Long> counts(OrgId org);

  /** Forgets ended jobs that ended before the instant, at most {@code limit}; returns how many. */
  int forget(Instant endedBefore, int limit);

  /** What became of a submission. */
  sealed interface Admit {
    record Admitted(Job job) implements Admit {}

    /** The same submission came before; this is the job it made. */
    record Seen(Job job) implements Admit {}

    /** Its idempotency key belongs to a different request. */
    record KeyTaken(JobId by) implements Admit {}

    /** The tenant holds as much as it may. */
    record Full(String why) implements Admit {}
  }

  sealed interface Cancel {
    record Cancelled() implements Cancel {}

    /** The host will be told. */
    record Asked() implements Cancel {}

    record AlreadyEnded(Outcome outcome) implements Cancel {}

    record Unknown() implements Cancel {}
  }

  sealed interface Retry {
    record Queued(Job job) implements Retry {}

    /** Only an ended job can be retried. */
    record NotEnded(String state) implements Retry {}

    /** Policy refused it, and nobody else lets it run; rules that change judge it anew. */
    record Refused(String why) implements Retry {}

    /** The tenant holds as much as it may. */
    record Full(String why) implements Retry {}

    record Unknown() implements Retry {}
  }
}
