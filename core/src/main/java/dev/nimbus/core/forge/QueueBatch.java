package dev.nimbus.core.forge;

import java.util.List;

/**
 * What a queue said at once.
 *
 * @param id by which it is acknowledged
 * @param heard in the order it happened
 * @param offers jobs nobody has yet
 * @param statistics what the queue counted when it said so
 */
public record QueueBatch(
    long id, List<Heard> heard, List<Offer> offers, QueueStatistics statistics) {
  public QueueBatch {
    heard = List.copyOf(heard);
    offers = List.copyOf(offers);
  }
}
