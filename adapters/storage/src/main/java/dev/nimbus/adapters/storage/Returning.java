package dev.nimbus.adapters.storage;

import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Ending;
import dev.nimbus.core.lease.GivingBack;
import java.sql.SQLException;
import java.time.Instant;

/** A host's word that it did not run a job, or could not, and will not. */
record Returning(Holder holder, GivingBack how, Instant now) {
  private static final int MAX_WHY = 2_000;

  Ending run(Session session) throws SQLException {
    OneJob.lock(session, holder.host());
    var held = holder.held(session);
    if (held.isEmpty()) {
      return holder.notHeld(session, ending());
    }
    giveBack(session, held.get());
    OneJob.returned(session, holder.host(), held.get(), how);
    Endings.remember(session, held.get(), now, ending());
    return new Ending.Recorded();
  }

  private void giveBack(Session session, JobRow job) throws SQLException {
    if (!job.cancelBy().isEmpty()) {
      end(session, job, Outcome.cancelled(job.cancelBy()));
    } else if (how instanceof GivingBack.Failed(var why, var most)
        && job.lasting().attempts() >= most) {
      end(
          session,
          job,
          Outcome.dead("Failed %d times, at last: %s".formatted(job.lasting().attempts(), why)));
    } else if (how instanceof GivingBack.Postponed(_, var pause)) {
      Endings.postpone(session, job, pause, now);
    } else {
      Endings.requeue(session, job, how instanceof GivingBack.Failed, now);
    }
  }

  private void end(Session session, JobRow job, Outcome outcome) throws SQLException {
    Endings.end(session, job, outcome, now);
    Counters.ended(session, job.lasting().orgId(), job.lasting().repositoryName());
  }

  private String ending() {
    var why = how.why();
    return "given back: " + (why.length() <= MAX_WHY ? why : why.substring(0, MAX_WHY) + "…");
  }
}
