package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.NewJob;
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
    if (!counted(session)) {
      return seenOr(session, "the tenant has as many jobs waiting as it may");
    }
    var lane = Lanes.openBounded(session, job.org(), job.repository(), job.requirements());
    if (lane.isEmpty()) {
      Counters.unqueued(session, job.org());
      return seenOr(session, Lanes.FULL);
    }
    var seq = insert(session, lane.get());
    if (seq.isEmpty()) {
      Counters.unqueued(session, job.org());
      return seen(session).orElseThrow(this::idTaken);
    }
    complete(session, lane.get(), seq.get());
    return new Admit.Admitted(admitted());
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

  private void complete(Session session, Lane lane, long seq) throws SQLException {
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
    Lanes.joined(session, lane, seq);
  }

  private Admit seenOr(Session session, String full) throws SQLException {
    return seen(session).orElseGet(() -> new Admit.Full(full));
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

  private Job admitted() {
    return new Job(
        job.org(),
        job.id(),
        job.repository(),
        job.spec(),
        job.requirements(),
        job.metadata(),
        new JobState.Waiting(now),
        now,
        Fence.NONE,
        0,
        1);
  }

  private NimbusException idTaken() {
    return new NimbusException(
        Kind.CONFLICT, "Cannot admit job '%s': another job has this id".formatted(job.id()));
  }
}
