package dev.nimbus.adapters.storage;

import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Ending;
import java.sql.SQLException;
import java.time.Instant;

/** A host's word that a job is over. */
record Finishing(Holder holder, Outcome outcome, Instant now) {
  Ending run(Session session) throws SQLException {
    var held = holder.held(session);
    if (held.isEmpty() || !Endings.end(session, held.get(), outcome, now)) {
      return holder.notHeld(session, outcome.sentence());
    }
    var job = held.get();
    Endings.remember(session, job, now, outcome.sentence());
    Counters.ended(session, job.org(), job.repository());
    return new Ending.Recorded();
  }
}
