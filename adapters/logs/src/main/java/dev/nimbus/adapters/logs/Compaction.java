package dev.nimbus.adapters.logs;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.log.Line;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges small chunks of an attempt into ones of the usual size. Reading and packing happen beside
 * the writer; the exchange is one transaction that changes nothing unless every old chunk is still
 * there. Readers see the old or the new, never both; a crash leaves one or the other.
 */
final class Compaction {
  /** What one step looks at, so that it stays short. */
  private static final int STEP_CHUNKS = 512;

  private final Writer writer;
  private final Readers readers;
  private final Packer packer;
  private final Zip zip;
  private final StoreLimits limits;
  private final InstantSource time;

  Compaction(Writer writer, Readers readers, Zip zip, StoreLimits limits, InstantSource time) {
    this.writer = writer;
    this.readers = readers;
    this.zip = zip;
    packer = new Packer(limits.chunkBytes(), zip);
    this.limits = limits;
    this.time = time;
  }

  /** Attempts with enough small chunks to be worth it, or at rest with several. */
  List<Attempt> candidates(int limit) {
    var quietSince = time.instant().minus(limits.quiet()).toEpochMilli();
    return readers.run(
        "Cannot look for small chunks",
        session ->
            session.list(
                """
                SELECT a.job, j.name, a.fence, a.merged_to, a.last_sequence, a.stored_at < ?
                  FROM attempt a JOIN job j ON j.id = a.job
                 WHERE a.loose_chunks > 1 AND (a.loose_bytes >= ? OR a.stored_at < ?)
                 LIMIT ?
                """,
                Attempt::of,
                quietSince,
                limits.chunkBytes(),
                quietSince,
                limit));
  }

  /** Merges some chunks of one attempt; returns how many went into others. */
  int step(Attempt attempt) {
    var plan = readers.run("Cannot read small chunks", session -> plan(session, attempt));
    return writer.run("Cannot merge small chunks", session -> exchange(session, attempt, plan));
  }

  private Plan plan(Session session, Attempt attempt) throws SQLException {
    var found =
        session.list(
            """
            SELECT id, last_sequence, raw_bytes, stored_at FROM chunk
             WHERE job = ? AND fence = ? AND last_sequence > ?
             ORDER BY last_sequence
             LIMIT ?
            """,
            row ->
                new Grouping.Small(row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4)),
            attempt.job(),
            attempt.fence().value(),
            attempt.mergedTo(),
            STEP_CHUNKS);
    var merges = new ArrayList<Merge>();
    var mergedTo = attempt.mergedTo();
    var withRest = attempt.quiet() || found.size() == STEP_CHUNKS;
    for (var group : Grouping.of(found, limits.chunkBytes(), withRest)) {
      mergedTo = group.getLast().last();
      if (group.size() > 1) {
        merges.add(merge(session, attempt, group));
      }
    }
    return new Plan(merges, mergedTo);
  }

  private Merge merge(Session session, Attempt attempt, List<Grouping.Small> group)
      throws SQLException {
    var opener = new Opener(session, zip);
    var lines = new ArrayList<Line>();
    for (var chunk : group) {
      var old = opener.open(attempt.name(), attempt.fence(), chunk.id(), chunk.rawBytes());
      lines.addAll(old.lines());
    }
    return new Merge(
        group.stream().map(Grouping.Small::id).toList(),
        packer.pack(lines),
        group.getLast().storedAt());
  }

  private static int exchange(Session session, Attempt attempt, Plan plan) throws SQLException {
    if (!plan.holds(session)) {
      return 0;
    }
    var gone = 0;
    for (var merge : plan.merges()) {
      for (var id : merge.old()) {
        gone += session.update("DELETE FROM chunk WHERE id = ?", id);
      }
      for (var chunk : merge.packed()) {
        Appending.insert(session, attempt.job(), attempt.fence(), chunk, merge.storedAt());
      }
    }
    recount(session, attempt, plan.mergedTo());
    return gone;
  }

  private static void recount(Session session, Attempt attempt, long mergedTo) throws SQLException {
    var _ =
        session.update(
            """
            UPDATE attempt
               SET merged_to = ?1,
                   (loose_chunks, loose_bytes) =
                     (SELECT COUNT(*), COALESCE(SUM(raw_bytes), 0) FROM chunk
                       WHERE job = ?2 AND fence = ?3 AND last_sequence > ?1)
             WHERE job = ?2 AND fence = ?3
            """,
            mergedTo,
            attempt.job(),
            attempt.fence().value());
  }

  record Attempt(long job, JobId name, Fence fence, long mergedTo, boolean quiet) {
    private static Attempt of(ResultSet row) throws SQLException {
      return new Attempt(
          row.getLong(1),
          new JobId(row.getString(2)),
          new Fence(row.getLong(3)),
          row.getLong(4),
          row.getBoolean(6));
    }
  }

  private record Merge(List<Long> old, List<Packed> packed, long storedAt) {}

  private record Plan(List<Merge> merges, long mergedTo) {
    /** Whether no chunk has gone since; ids are never used again. */
    boolean holds(Session session) throws SQLException {
      for (var id : merges.stream().flatMap(merge -> merge.old().stream()).toList()) {
        if (session.number("SELECT 1 FROM chunk WHERE id = ?", 0, id) == 0) {
          return false;
        }
      }
      return true;
    }
  }
}
