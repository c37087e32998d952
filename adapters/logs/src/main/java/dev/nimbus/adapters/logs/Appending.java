package dev.nimbus.adapters.logs;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.log.Batch;
import dev.nimbus.core.log.LogStore.Appended;
import dev.nimbus.core.log.Position;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/** Adds the lines of a batch that are new. */
final class Appending {
  private final Packer packer;
  private final InstantSource time;

  Appending(Packer packer, InstantSource time) {
    this.packer = packer;
    this.time = time;
  }

  /**
   * Appends a batch.
   *
   * @param packed the whole batch, made before by the caller to spare this thread the work
   */
  Appended append(Session session, OrgId org, Batch batch, List<Packed> packed)
      throws SQLException {
    var job = job(session, org, batch.job());
    var last = lastSequence(session, job, batch.attempt());
    var fresh = batch.lines().stream().filter(line -> line.sequence() > last).toList();
    if (fresh.isEmpty()) {
      return new Appended(new Position(batch.attempt(), last), 0, batch.lines().size(), 0);
    }
    var skipped = batch.lines().size() - fresh.size();
    var chunks = skipped == 0 ? packed : packer.pack(fresh);
    var now = time.millis();
    for (var chunk : chunks) {
      insert(session, job, batch.attempt(), chunk, now);
    }
    advance(session, job, batch.attempt(), chunks, now);
    var end = fresh.getLast().sequence();
    return new Appended(
        new Position(batch.attempt(), end), fresh.size(), skipped, end - last - fresh.size());
  }

  private static long job(Session session, OrgId org, JobId job) throws SQLException {
    var known =
        session.number(
            """
            SELECT id FROM job WHERE org = ? AND name = ?
            """,
            0,
            org.value(),
            job.value());
    if (known != 0) {
      return known;
    }
    return session.number(
        """
        INSERT INTO job (org, name) VALUES (?, ?) RETURNING id
        """,
        0,
        org.value(),
        job.value());
  }

  private static long lastSequence(Session session, long job, Fence attempt) throws SQLException {
    return session.number(
        """
        SELECT last_sequence FROM attempt WHERE job = ? AND fence = ?
        """,
        0,
        job,
        attempt.value());
  }

  static void insert(Session session, long job, Fence attempt, Packed chunk, long storedAt)
      throws SQLException {
    var _ =
        session.update(
            """
            INSERT INTO chunk
              (job, fence, last_sequence, lines, min_second, max_second, level, stored_at,
               raw_bytes, filter, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            job,
            attempt.value(),
            chunk.last,
            chunk.lines,
            chunk.extent.minSecond(),
            chunk.extent.maxSecond(),
            chunk.extent.level(),
            storedAt,
            chunk.rawBytes,
            chunk.filter,
            chunk.body);
  }

  private static void advance(
      Session session, long job, Fence attempt, List<Packed> chunks, long now) throws SQLException {
    var bytes = chunks.stream().mapToLong(chunk -> chunk.rawBytes).sum();
    var _ =
        session.update(
            """
            INSERT INTO attempt
              (job, fence, last_sequence, stored_at, merged_to, loose_chunks, loose_bytes)
            VALUES (?, ?, ?, ?, 0, ?, ?)
            ON CONFLICT (job, fence) DO UPDATE
               SET last_sequence = excluded.last_sequence,
                   stored_at = excluded.stored_at,
                   loose_chunks = loose_chunks + excluded.loose_chunks,
                   loose_bytes = loose_bytes + excluded.loose_bytes
            """,
            job,
            attempt.value(),
            chunks.getLast().last,
            now,
            chunks.size(),
            bytes);
  }
}
