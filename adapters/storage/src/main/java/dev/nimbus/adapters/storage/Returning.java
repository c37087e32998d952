package dev.nimbus.adapters.storage;

import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Ending;
import java.sql.SQLException;
import java.time.Instant;

/** A host's word that it did not run a job and will not. */
record Returning(Holder holder, String ending, boolean counts, Instant now) {
  private static final int MAX_WHY = 2_000;

  static Returning of(Holder holder, String why, boolean counts, Instant now) {
    var shortened = why.length() <= MAX_WHY ? why : why.substring(0, MAX_WHY) + "…";
    return new Returning(holder, "given back: " + shortened, counts, now);
  }

  Ending run(Session session) throws SQLException {
    var held = holder.held(session);
    if (held.isEmpty()) {
      return holder.notHeld(session, ending);
    }
    var job = held.get();
    if (job.cancelBy().isEmpty()) {
      Endings.requeue(session, job, counts, now);
    } else {
      Endings.end(session, job, Outcome.cancelled(job.cancelBy()), now);
      Counters.ended(session, job.lasting().orgId(), job.lasting().repositoryName());
    }
    Endings.remember(session, job, now, ending);
    return new Ending.Recorded();
  }
}
