package dev.nimbus.core.forge;

import java.time.Instant;
import java.util.List;

/**
 * What one listener hears of a queue, in order and at least once. A batch is said again, also to
 * the next session, until it is acknowledged. To be used by one thread at a time.
 */
public interface QueueSession extends AutoCloseable {
  /** Names the session at its forge. */
  String id();

  /** What the queue counted when it was heard of last; at first, at the opening. */
  QueueStatistics statistics();

  /** What the queue counts now. A forge asked too often may answer as of {@link #statistics}. */
  QueueStatistics count();

  /**
   * Waits until there is something to say, about a minute at most. What was not acknowledged is
   * said again.
   *
   * @param capacity how many jobs, running ones included, the listener can serve; the forge gives
   *     the queue no more than that
   */
  Next next(int capacity);

  /**
   * Forgets a batch at the forge; to be called once all of it is recorded. Where the call fails or
   * the session is lost, the batch is said again with the same delivery ids. Repeatable.
   */
  void acknowledge(QueueBatch batch);

  /**
   * Takes jobs that are on offer, before others do. Those taken are told of as queued; offers that
   * were taken by somebody are not. A forge that gives out jobs unasked takes none.
   *
   * @return those taken
   */
  List<Offer> acquire(List<Offer> offers);

  /** Ends the session, so that the next listener need not wait. Does not fail. */
  @Override
  void close();

  /** What there was to say. */
  sealed interface Next {
    record Said(QueueBatch batch) implements Next {}

    /** Nothing happened. */
    record Nothing() implements Next {}

    /** The forge asks to be left alone until then. */
    record Later(Instant notBefore, String why) implements Next {}

    /** The session is over, whoever ended it; another one is to be opened. */
    record Lost(String why) implements Next {}
  }
}
