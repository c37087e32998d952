package dev.nimbus.adapters.logs;

import com.github.luben.zstd.ZstdException;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import java.sql.SQLException;

/** Fetches stored chunks and opens them. */
record Opener(Session session, Zip zip) {
  Unpacked open(JobId job, Fence attempt, long chunk, int rawBytes) throws SQLException {
    var body = session.list("SELECT body FROM chunk WHERE id = ?", row -> row.getBytes(1), chunk);
    try {
      return new Unpacked(job, attempt, zip.decompress(body.getFirst(), rawBytes));
    } catch (ZstdException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new NimbusException(
          Kind.INTERNAL,
          "Cannot read the log of job '%s', attempt %s: chunk %d is damaged"
              .formatted(job, attempt, chunk),
          e);
    }
  }
}
