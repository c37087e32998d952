package dev.nimbus.adapters.storage;

import dev.nimbus.core.forge.Again;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.storage.ForgeStore;
import dev.nimbus.core.storage.ForgeStore.Queued;
import dev.nimbus.core.storage.ForgeStore.Source;
import dev.nimbus.core.storage.ForgeStore.Stage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A forge's word that a job waits there. */
record Announcing(Announcement said, Admitting serving, Admission admission) {
  static Announcing of(
      Source source, ForgeJob job, NewJob serving, Admission admission, Instant now) {
    return new Announcing(
        Announcement.of(source, job, now), Admitting.of(source.own(serving), now), admission);
  }

  Queued run(Session session) throws SQLException {
    var jobs = ForgeJobs.lock(session, said.source().org());
    var announcedBy = jobs.announcedBy(said.source(), said.job().key());
    return announcedBy.isEmpty()
        ? serve(session, null)
        : heardBefore(session, jobs, announcedBy.get());
  }

  private Queued heardBefore(Session session, ForgeJobs jobs, String delivery) throws SQLException {
    var source = said.source();
    var same = !source.asked() && source.deliveryId().equals(delivery);
    if (same || !Deliveries.isNew(session, source, said.now())) {
      return new Queued.Replayed();
    }
    var queued = again(session, jobs, jobs.find(source, said.job().key()).orElseThrow());
    if (queued instanceof Queued.Full && !source.asked()) {
      Deliveries.unsee(session, source);
    }
    return queued;
  }

  private Queued again(Session session, ForgeJobs jobs, ForgeJobRow row) throws SQLException {
    var ours = jobs.serving(row).map(WholeJob::row).orElse(null);
    if (!row.announced()) {
      said.complete(session, row);
      return known(ours);
    }
    return switch (meaning(row, ours)) {
      case KNOWN -> known(ours);
      case ANOTHER -> serve(session, row);
      case REJECT -> reject(session, jobs, row, ours);
    };
  }

  private Again meaning(ForgeJobRow row, @Nullable JobRow ours) {
    if (row.stage() != Stage.QUEUED) {
      return Again.KNOWN;
    }
    if (ours == null) {
      return Again.ANOTHER;
    }
    return said.source().asked()
        ? Again.of(ours.state(), admission, row.servings() < ForgeStore.MOST_SERVINGS)
        : Again.KNOWN;
  }

  /** Has it served by the job given, or refuses that. */
  private Queued serve(Session session, @Nullable ForgeJobRow row) throws SQLException {
    return switch (admission) {
      case Admission.Admitted _ -> admit(session, row);
      case Admission.Denied(var by, _) -> {
        var outcome = rejected(by);
        write(session, row, serving.refuse(session, outcome), by.rule());
        yield new Queued.Rejected(serving.refused(outcome), by);
      }
    };
  }

  private Queued admit(Session session, @Nullable ForgeJobRow row) throws SQLException {
    return switch (serving.enter(session)) {
      case Admitting.Entry.Entered(var seq) -> {
        write(session, row, seq, "");
        yield new Queued.Admitted(serving.admitted());
      }
      case Admitting.Entry.Full(var why) -> new Queued.Full(why);
      case Admitting.Entry.Taken _ -> throw serving.idTaken();
    };
  }

  private void write(Session session, @Nullable ForgeJobRow row, long seq, String rule)
      throws SQLException {
    if (row == null) {
      said.add(session, seq, rule);
    } else {
      said.serve(session, row, seq, rule);
    }
  }

  /** Ends a job of ours that waits and that policy does not admit any more. */
  private Queued reject(Session session, ForgeJobs jobs, ForgeJobRow row, @Nullable JobRow ours)
      throws SQLException {
    if (ours == null || !(admission instanceof Admission.Denied(var by, _))) {
      throw new IllegalStateException("Nothing to reject of " + said.job().key());
    }
    Endings.endWaiting(session, ours, rejected(by), said.now());
    jobs.refused(row, by.rule(), said.now());
    var ended = SqlJobStore.find(session, jobs.org(), ours.lasting().id()).orElseThrow();
    return new Queued.Rejected(ended.job(), by);
  }

  private static Queued known(@Nullable JobRow ours) {
    return new Queued.Known(Optional.ofNullable(ours).map(row -> row.lasting().id()));
  }

  private static Outcome rejected(Admission.Denial by) {
    return Outcome.rejected(by.rule() + ": " + by.why());
  }
}
