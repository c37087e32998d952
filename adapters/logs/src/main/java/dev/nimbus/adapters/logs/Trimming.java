package dev.nimbus.adapters.logs;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Drops what is too old or too much, a slice at a time so that appends get their turn between. */
final class Trimming {
  private static final int SLICE_CHUNKS = 128;
  private static final int SLICE_ATTEMPTS = 1024;
  private static final int SLICE_PAGES = 2048;

  private final Writer writer;
  private final long maxBytes;

  Trimming(Writer writer, long maxBytes) {
    this.writer = writer;
    this.maxBytes = maxBytes;
  }

  /** Drops lines stored before the instant; returns how many. */
  long expire(Instant before) {
    var millis = before.toEpochMilli();
    var total = 0L;
    Slice slice;
    do {
      slice = writer.run("Cannot drop old lines", session -> dropBefore(session, millis));
      total += slice.lines();
    } while (slice.chunks() == SLICE_CHUNKS);
    var forgotten = SLICE_ATTEMPTS;
    while (forgotten == SLICE_ATTEMPTS) {
      forgotten = writer.run("Cannot forget old jobs", session -> forget(session, millis));
    }
    return total;
  }

  /** Drops the oldest lines until the rest fits; returns how many. */
  long shrink() {
    var total = 0L;
    Slice slice;
    do {
      slice = writer.run("Cannot drop lines beyond the size bound", this::dropOldest);
      total += slice.lines();
    } while (slice.chunks() > 0);
    return total;
  }

  /** Gives space nobody uses back to the disk, some of it, when it is a good part of the file. */
  void giveBack() {
    var _ =
        writer.run(
            "Cannot give back disk space",
            session -> {
              var free = session.number("PRAGMA freelist_count", 0);
              if (free > SLICE_PAGES && free * 4 > session.number("PRAGMA page_count", 0)) {
                session.script("PRAGMA incremental_vacuum(" + SLICE_PAGES + ")");
              }
              return free;
            });
  }

  private static Slice dropBefore(Session session, long millis) throws SQLException {
    return Slice.of(
        session.list(
            """
            DELETE FROM chunk
             WHERE id IN (SELECT id FROM chunk WHERE stored_at < ? ORDER BY stored_at LIMIT ?)
            RETURNING lines
            """,
            row -> row.getLong(1),
            millis,
            SLICE_CHUNKS));
  }

  private Slice dropOldest(Session session) throws SQLException {
    var excess = usedBytes(session) - maxBytes;
    var dropped = new ArrayList<Long>();
    for (var chunk : excess > 0 ? oldest(session) : List.<Old>of()) {
      if (excess <= 0) {
        break;
      }
      excess -= chunk.bytes();
      dropped.add(chunk.lines());
      var _ = session.update("DELETE FROM chunk WHERE id = ?", chunk.id());
    }
    return Slice.of(dropped);
  }

  private static long usedBytes(Session session) throws SQLException {
    var used = session.number("PRAGMA page_count", 0) - session.number("PRAGMA freelist_count", 0);
    return used * session.number("PRAGMA page_size", 0);
  }

  private static List<Old> oldest(Session session) throws SQLException {
    return session.list(
        """
        SELECT id, lines, LENGTH(filter) + LENGTH(body) FROM chunk ORDER BY stored_at LIMIT ?
        """,
        row -> new Old(row.getLong(1), row.getLong(2), row.getLong(3)),
        SLICE_CHUNKS);
  }

  private static int forget(Session session, long millis) throws SQLException {
    var jobs =
        session.list(
            """
            DELETE FROM attempt
             WHERE (job, fence) IN
                     (SELECT a.job, a.fence FROM attempt a
                       WHERE a.stored_at < ?
                         AND NOT EXISTS
                               (SELECT 1 FROM chunk c WHERE c.job = a.job AND c.fence = a.fence)
                       LIMIT ?)
            RETURNING job
            """,
            row -> row.getLong(1),
            millis,
            SLICE_ATTEMPTS);
    for (var job : jobs) {
      var _ =
          session.update(
              """
              DELETE FROM job
               WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM attempt WHERE job = ?1)
              """,
              job);
    }
    return jobs.size();
  }

  private record Old(long id, long lines, long bytes) {}

  private record Slice(int chunks, long lines) {
    static Slice of(List<Long> dropped) {
      return new Slice(dropped.size(), dropped.stream().mapToLong(Long::longValue).sum());
    }
  }
}
