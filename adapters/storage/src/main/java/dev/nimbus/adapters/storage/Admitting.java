package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.storage.JobStore.Admit;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** One submission on its way into the queue. */
record Admitting(NewJob job, String spec, Instant now) {
  static Admitting of(NewJob job, Instant now) {
    return new Admitting(job, StoredSpec.text(job.spec(), job.metadata()), Times.stored(now));
  }

  Admit run(Session session) throws SQLException {
    return switch (enter(session)) {
      case Entry.Entered _ -> new Admit.Admitted(admitted());
      case Entry.Full(var why) -> seen(session).orElseGet(() -> new Admit.Full(why));
      case Entry.Taken _ -> seen(session).orElseThrow(this::idTaken);
    };
  }

  /** Takes a place in the queue. */
  Entry enter(Session session) throws SQLException {
    if (!counted(session)) {
      return new Entry.Full("the tenant has as many jobs waiting as it may");
    }
    var lane = Lanes.openBounded(session, job.org(), job.repository(), job.requirements());
    if (lane.isEmpty()) {
      Counters.unqueued(session, job.org());
      return new Entry.Full(Lanes.FULL);
    }
    var seq = insert(session, lane.get());
    if (seq.isEmpty()) {
      Counters.unqueued(session, job.org());
      return new Entry.Taken();
    }
    describe(session, seq.get());
    Lanes.joined(session, lane.get(), seq.get());
    return new Entry.Entered(seq.get());
  }

  /** Stores a job that may not run, for people to see; returns where it would have been. */
  long refuse(Session session, Outcome outcome) throws SQLException {
    Counters.know(session, job.org());
    var seq = insertEnded(session, outcome).orElseThrow(this::idTaken);
    describe(session, seq);
    return seq;
  }

  /** The job as it waits. */
  Job admitted() {
    return job(new JobState.Waiting(now));
  }

  /** The job as it was refused. */
  Job refused(Outcome outcome) {
    return job(new JobState.Ended(outcome, now));
  }

  NimbusException idTaken() {
    return new NimbusException(
        Kind.CONFLICT, "Cannot admit job '%s': another job has this id".formatted(job.id()));
  }

  private boolean counted(Session session) throws SQLException {
    if (Counters.queued(session, job.org())) {
      return true;
    }
    Counters.know(session, job.org());
    return Counters.queued(session, job.org());
  }

  private Optional<Long> insert(Session session, Lane lane) throws SQLException {
    var wanted = job.requirements();
    return session.first(
        """
        INSERT INTO job (job_id, org_id, repository, lane_id, labels, milli_cpus, memory_bytes,
                         once_key, digest, state, revision, submitted_at, queued_at, fence,
                         attempts)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 1, ?, ?, 0, 0)
        ON CONFLICT DO NOTHING
        RETURNING seq
        """,
        Row::number,
        job.id().value(),
        job.org().value(),
        job.repository().value(),
        lane.id(),
        StoredLabels.text(wanted.labels()),
        wanted.size().milliCpus(),
        wanted.size().memoryBytes(),
        job.onceKey(),
        job.digest(),
        now,
        now);
  }

  private Optional<Long> insertEnded(Session session, Outcome outcome) throws SQLException {
    var wanted = job.requirements();
    return session.first(
        """
        INSERT INTO job (job_id, org_id, repository, lane_id, labels, milli_cpus, memory_bytes,
                         once_key, digest, state, revision, submitted_at, queued_at, fence,
                         attempts, exit_code, reason, ended_at)
        VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, 1, ?, ?, 0, 0, ?, ?, ?)
        ON CONFLICT DO NOTHING
        RETURNING seq
        """,
        Row::number,
        job.id().value(),
        job.org().value(),
        job.repository().value(),
        StoredLabels.text(wanted.labels()),
        wanted.size().milliCpus(),
        wanted.size().memoryBytes(),
        job.onceKey(),
        job.digest(),
        Endings.word(outcome),
        now,
        now,
        outcome.exitCode(),
        outcome.reason(),
        now);
  }

  private void describe(Session session, long seq) throws SQLException {
    session.update("INSERT INTO job_spec (seq, spec) VALUES (?, ?)", seq, spec);
    for (var entry : job.metadata().values().entrySet()) {
      session.update(
          """
          INSERT INTO job_metadata (seq, metadata_key, metadata_value, org_id)
          VALUES (?, ?, ?, ?)
          """,
          seq,
          entry.getKey(),
          entry.getValue(),
          job.org().value());
    }
  }

  /** What an earlier submission under the same key means for this one. */
  private Optional<Admit> seen(Session session) throws SQLException {
    return session.first(
        "SELECT digest, " + WholeJob.COLUMNS + " FROM job WHERE org_id = ? AND once_key = ?",
        row -> {
          var same = row.text().equals(job.digest());
          var found = WholeJob.read(row);
          return same
              ? new Admit.Seen(found.job())
              : new Admit.KeyTaken(found.row().lasting().id());
        },
        job.org().value(),
        job.onceKey());
  }

  private Job job(JobState state) {
    return new Job(
        job.org(),
        job.id(),
        job.repository(),
        job.spec(),
        job.requirements(),
        job.metadata(),
        state,
        now,
        Fence.NONE,
        0,
        1);
  }

  /** What became of the wish to wait. */
  sealed interface Entry {
    /** At this place in the queue. */
    record Entered(long seq) implements Entry {}

    /** The tenant holds as much as it may. */
    record Full(String why) implements Entry {}

    /** Another job has its id or its once key. */
    record Taken() implements Entry {}
  }
}
