package dev.nimbus.controlplane.listen;

import dev.nimbus.controlplane.listen.QueueListener.Place;

/**
 * Remembers the session of each queue, so that whoever listens after a crash can end it. Only one
 * of ours listens to a queue at a time; that is for the caller to see to.
 */
public interface Seats {
  /** The id of the session that was opened last; empty when none is known. */
  String last(Place place);

  /** A session was opened. */
  void opened(Place place, String session);
}
