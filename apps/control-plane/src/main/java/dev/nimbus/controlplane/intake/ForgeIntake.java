package dev.nimbus.controlplane.intake;

import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.policy.AdmissionPolicy;
import dev.nimbus.core.storage.ForgeStore;
import dev.nimbus.core.storage.ForgeStore.Moved;
import dev.nimbus.core.storage.ForgeStore.Queued;
import dev.nimbus.core.storage.ForgeStore.Source;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.Ids;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Takes what forges say, whoever brought it: policy, then one atomic step, then the dispatch. */
public final class ForgeIntake {
  private static final String UNREADABLE = "labels";

  private final ForgeStore store;
  private final Supplier<AdmissionPolicy> policy;
  private final Dispatch dispatch;
  private final JobWatch watch;
  private final Ids ids;
  private final InstantSource time;
  private final Counter replays;
  private final Counter events;

  public ForgeIntake(
      ForgeStore store,
      Supplier<AdmissionPolicy> policy,
      Dispatch dispatch,
      JobWatch watch,
      Ids ids,
      InstantSource time,
      Metrics metrics) {
    this.store = store;
    this.policy = policy;
    this.dispatch = dispatch;
    this.watch = watch;
    this.ids = ids;
    this.time = time;
    this.replays =
        metrics.counter(
            "nimbus_control_plane_webhook_replays_blocked",
            "Deliveries that were received before",
            "org");
    this.events =
        metrics.counter(
            "nimbus_control_plane_forge_events_total",
            "What forges said, by what became of it",
            "org",
            "forge",
            "result");
  }

  /**
   * Takes one event.
   *
   * @param deliveryId empty when we asked ourselves
   */
  public Taken take(Connection connection, String deliveryId, Event event) {
    var source = new Source(connection.org(), connection.id(), deliveryId);
    var taken =
        switch (event) {
          case Event.JobQueued(var job) -> queued(connection, source, job);
          case Event.JobStarted(var key, _, var runner) ->
              moved(store.started(source, key, runner, time.instant()));
          case Event.JobFinished(var key, _, var runner, var conclusion) ->
              moved(store.finished(source, key, runner, conclusion, time.instant()));
          case Event.LookAt(var repository) -> noted(source, "will look at " + repository);
          case Event.Ignored(var why) -> noted(source, why);
          case Event.Rejected(var why) -> new Taken.Distrusted(why);
        };
    count(connection, taken);
    return taken;
  }

  private Taken queued(Connection connection, Source source, ForgeJob job) {
    if (!ForgeSubmission.selects(connection, job)) {
      return noted(source, "the job does not ask for nimbus");
    }
    var rules = policy.get();
    if (!source.asked() && rules.unsure(connection.org(), job)) {
      return store.noted(source, time.instant()) ? new Taken.Unsure(job) : new Taken.Duplicate();
    }
    var judged = judged(connection, job, rules.decide(connection.org(), job));
    return switch (store.queued(
        source, job, judged.serving(), judged.admission(), time.instant())) {
      case Queued.Admitted(var ours) -> {
        dispatch.nudge();
        yield new Taken.Admitted(ours.id());
      }
      case Queued.Rejected(var ours, var by) -> new Taken.Refused(ours.id(), by.rule(), by.why());
      case Queued.Replayed _ -> new Taken.Duplicate();
      case Queued.Known _ -> new Taken.Noted("known already");
      case Queued.Full(var why) ->
          throw new NimbusException(
              Kind.EXHAUSTED,
              "queue-full",
              "Cannot take job %s of '%s': %s".formatted(job.key(), job.repository(), why));
    };
  }

  /** What labels say wrongly refuses a job too, but policy is heard first. */
  private Judged judged(Connection connection, ForgeJob job, Admission admission) {
    var id = new JobId(ids.next("j"));
    var pool =
        admission instanceof Admission.Admitted admitted ? admitted.pool() : List.<String>of();
    try {
      return new Judged(ForgeSubmission.read(connection, job, pool, id), admission);
    } catch (NimbusException e) {
      var refused = admission instanceof Admission.Denied ? admission : unreadable(e);
      return new Judged(ForgeSubmission.unreadable(connection, job, id), refused);
    }
  }

  private Taken moved(Moved moved) {
    return switch (moved) {
      case Moved.Forward forward -> {
        forward.serving().ifPresent(watch::changed);
        forward.cancelled().ifPresent(watch::changed);
        yield new Taken.Followed(forward);
      }
      case Moved.Replayed _ -> new Taken.Duplicate();
      case Moved.Known _ -> new Taken.Noted("known already");
      case Moved.Unheard _ -> new Taken.Noted("not a job of ours");
    };
  }

  private Taken noted(Source source, String why) {
    return store.noted(source, time.instant()) ? new Taken.Noted(why) : new Taken.Duplicate();
  }

  private static Admission unreadable(NimbusException e) {
    var why = e.getMessage() == null ? "its labels cannot be read" : e.getMessage();
    return new Admission.Denied(new Admission.Denial(UNREADABLE, why), List.of());
  }

  private void count(Connection connection, Taken taken) {
    var org = connection.org().value();
    if (taken instanceof Taken.Duplicate) {
      replays.increment(org);
    }
    events.increment(org, connection.kind().word(), taken.word());
  }

  private record Judged(NewJob serving, Admission admission) {}

  /** What became of an event. */
  public sealed interface Taken {
    /** A job of ours serves it. */
    record Admitted(JobId job) implements Taken {}

    /** Policy refused it. */
    record Refused(JobId job, String rule, String why) implements Taken {}

    record Followed(Moved.Forward forward) implements Taken {}

    record Duplicate() implements Taken {}

    /** Recorded; policy cannot decide before the forge says more of the job. */
    record Unsure(ForgeJob job) implements Taken {}

    /** Nothing to do. */
    record Noted(String why) implements Taken {}

    /** Not believed; nothing was recorded. */
    record Distrusted(String why) implements Taken {}

    /** The word metrics use. */
    default String word() {
      return switch (this) {
        case Admitted _ -> "admitted";
        case Refused _ -> "refused";
        case Followed _ -> "moved";
        case Duplicate _ -> "duplicate";
        case Unsure _ -> "unsure";
        case Noted _ -> "noted";
        case Distrusted _ -> "distrusted";
      };
    }
  }
}
