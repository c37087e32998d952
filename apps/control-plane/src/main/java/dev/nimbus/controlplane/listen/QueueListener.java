package dev.nimbus.controlplane.listen;

import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.controlplane.intake.ForgeIntake.Taken;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.forge.Listening;
import dev.nimbus.core.forge.Listening.Opening;
import dev.nimbus.core.forge.Listening.Seat;
import dev.nimbus.core.forge.QueueBatch;
import dev.nimbus.core.forge.QueueSession;
import dev.nimbus.core.forge.QueueSession.Next;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to one queue of a connection. What is said is recorded before it is acknowledged, so that
 * a crash at any moment only has it said again; and when the queue is quiet, what it counts is
 * compared with what we hold. To be used by one thread.
 */
public final class QueueListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueueListener.class);
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

  /** A forge that answers at once that nothing happened is not asked at once again. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  private final Place place;
  private final Listening forge;
  private final ForgeIntake intake;
  private final Holdings holdings;
  private final Seats seats;
  private final IntSupplier capacity;
  private final InstantSource time;

  /** Jobs whose delivery is recorded and that are not, by delivery; of the batch said last. */
  private final Map<String, ForgeJob> undecided = new HashMap<>();

  private Optional<QueueSession> session = Optional.empty();

  /**
   * Opens nothing yet.
   *
   * @param holdings what we hold of the queue
   * @param capacity how many of its jobs we can run at once, those that run included
   */
  public QueueListener(
      Place place,
      Listening forge,
      ForgeIntake intake,
      Holdings holdings,
      Seats seats,
      IntSupplier capacity,
      InstantSource time) {
    this.place = place;
    this.forge = forge;
    this.intake = intake;
    this.holdings = holdings;
    this.seats = seats;
    this.capacity = capacity;
    this.time = time;
  }

  /**
   * Hears what is next, waiting for it about a minute at most; says when to be called again, which
   * is at once unless the forge or a person needs time. Failures are those of the forge and of what
   * records; the step is to be repeated after a while.
   */
  public Instant step() {
    if (session.isEmpty()) {
      return open();
    }
    var breath = time.instant().plus(BREATH);
    return switch (session.get().next(capacity.getAsInt())) {
      case Next.Said(var batch) -> said(session.get(), batch);
      case Next.Nothing() -> {
        quiet(session.get());
        yield breath;
      }
      case Next.Later(var notBefore, _) -> notBefore;
      case Next.Lost(var why) -> {
        session = Optional.empty();
        LOG.atInfo()
            .addKeyValue("connection", place.connection().name())
            .addKeyValue("queue", place.queue())
            .addKeyValue("why", why)
            .log("The session of a queue is over; another one is opened");
        yield breath;
      }
    };
  }

  /** Makes room for whoever listens next. */
  @Override
  public void close() {
    session.ifPresent(QueueSession::close);
    session = Optional.empty();
  }

  private Instant open() {
    var seat = new Seat(place.queue(), place.owner(), seats.last(place));
    return switch (forge.listen(seat)) {
      case Opening.Open(var opened) -> {
        keep(opened);
        session = Optional.of(opened);
        yield time.instant();
      }
      case Opening.Later(var notBefore, var why) -> {
        waits(why);
        yield notBefore;
      }
      case Opening.Refused(var why) -> {
        waits(why);
        yield time.instant().plus(AFTER_REFUSAL);
      }
    };
  }

  /** A session whose id is nowhere to be found would keep out whoever comes after a crash. */
  private void keep(QueueSession opened) {
    try {
      seats.opened(place, opened.id());
    } catch (RuntimeException e) { // Whatever broke, the session must not stay open.
      opened.close();
      throw e;
    }
  }

  private Instant said(QueueSession from, QueueBatch batch) {
    takeAll(batch.heard());
    from.acquire(batch.offers());
    from.acknowledge(batch);
    undecided.clear();
    return time.instant();
  }

  /**
   * Where there is no room for a job, what is said after it is recorded all the same, for it may be
   * what makes room. Then it fails, so that the batch is said again.
   */
  private void takeAll(List<Heard> all) {
    var full = new ArrayList<NimbusException>();
    for (var heard : all) {
      try {
        take(heard);
      } catch (NimbusException e) {
        if (e.kind() != Kind.EXHAUSTED) {
          throw e;
        }
        full.add(e);
      }
    }
    if (!full.isEmpty()) {
      throw full.getFirst();
    }
  }

  /** A queue says all there is to know of a job, so policy decides by that at once. */
  private void take(Heard heard) {
    var id = heard.deliveryId();
    if (intake.take(place.connection(), id, heard.event()) instanceof Taken.Unsure(var job)) {
      undecided.put(id, job);
    }
    var job = undecided.get(id);
    if (job != null) {
      intake.take(place.connection(), "", new Event.JobQueued(job));
      undecided.remove(id);
    }
  }

  private void quiet(QueueSession from) {
    var connection = place.connection();
    holdings.leftBehind(place, forge).forEach(event -> intake.take(connection, "", event));
    holdings
        .missing(place, forge, from.count())
        .forEach(job -> intake.take(connection, "", new Event.JobQueued(job)));
  }

  private void waits(String why) {
    LOG.atWarn()
        .addKeyValue("connection", place.connection().name())
        .addKeyValue("org", place.connection().org())
        .addKeyValue("queue", place.queue())
        .addKeyValue("why", why)
        .log("Nobody of ours listens to a queue of a forge");
  }

  /**
   * Where to listen.
   *
   * @param owner what people see of us where somebody else wants to listen
   */
  public record Place(Connection connection, String queue, String owner) {}
}
