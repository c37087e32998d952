package dev.nimbus.controlplane.listen;

import dev.nimbus.controlplane.listen.QueueListener.Place;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.Listening;
import dev.nimbus.core.forge.QueueStatistics;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.ForgeStore.Stage;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What we hold of a queue, compared with what it counts. A job that waits there and that nobody of
 * ours is going to run is missing: its runner ended without having taken it, or nobody told of it.
 * To be used by one thread.
 */
public final class Holdings {
  /** Runners that begin and end meanwhile are counted before they are heard of. */
  private static final Duration SETTLED = Duration.ofSeconds(30);

  private static final int MOST = 5_000;

  private final Storage storage;
  private final InstantSource time;
  private Optional<Instant> missingSince = Optional.empty();

  public Holdings(Storage storage, InstantSource time) {
    this.storage = storage;
    this.time = time;
  }

  /** What became of the jobs whose runner took another; those that still wait are queued again. */
  List<Event> leftBehind(Place place, Listening forge) {
    var connection = place.connection();
    return storage.forges().unserved(connection.org(), connection.id(), MOST).stream()
        .filter(job -> job.handle().equals(place.queue()))
        .map(job -> now(job, forge))
        .toList();
  }

  /**
   * Jobs to admit as if they were announced now, because the queue has counted them for a while and
   * none of ours is for them; no more than are missing, and not again for a while.
   */
  List<ForgeJob> missing(Place place, Listening forge, QueueStatistics counted) {
    var waiting = counted.waiting() == 0 ? List.<Served>of() : waiting(place);
    var dead = waiting.stream().filter(served -> !alive(served)).map(Served::job).toList();
    var missing = counted.missing(waiting.size() - dead.size());
    if (!settled(missing)) {
      return List.of();
    }
    missingSince = Optional.of(time.instant());
    var found = new ArrayList<>(dead);
    if (found.size() < missing) {
      var known = waiting.stream().map(served -> served.job().key()).toList();
      forge.unheard(place.queue()).stream()
          .filter(job -> !known.contains(job.key()))
          .forEach(found::add);
    }
    return found.subList(0, Math.min(found.size(), missing));
  }

  private boolean settled(int missing) {
    if (missing == 0) {
      missingSince = Optional.empty();
      return false;
    }
    var since = missingSince.orElse(time.instant());
    missingSince = Optional.of(since);
    return !since.plus(SETTLED).isAfter(time.instant());
  }

  private static Event now(ForgeJob job, Listening forge) {
    var asked =
        forge
            .ask(job.key(), job.repository())
            .orElse(new Event.JobFinished(job.key(), job.repository(), "", "unknown"));
    return switch (asked) {
      case Event.JobStarted _, Event.JobFinished _ -> asked;
      case Event.JobQueued _, Event.LookAt _, Event.Ignored _, Event.Rejected _ ->
          new Event.JobQueued(job);
    };
  }

  private List<Served> waiting(Place place) {
    var connection = place.connection();
    return storage.forges().open(connection.org(), connection.id(), MOST).stream()
        .filter(served -> served.stage() == Stage.QUEUED)
        .filter(served -> served.job().handle().equals(place.queue()))
        .toList();
  }

  private boolean alive(Served served) {
    return storage
        .jobs()
        .find(served.org(), served.serving())
        .filter(job -> !(job.state() instanceof JobState.Ended))
        .isPresent();
  }
}
