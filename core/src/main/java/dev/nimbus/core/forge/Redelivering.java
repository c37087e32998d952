package dev.nimbus.core.forge;

import java.time.Instant;

/** A forge that knows which of its webhooks did not arrive, and sends them again when asked to. */
public interface Redelivering {
  /**
   * Has webhooks about jobs sent again that were first sent since an instant and of which no
   * attempt arrived. Safe to repeat: one that was tried often enough is left alone.
   *
   * @return how many are sent again, at most {@code limit}
   */
  int redeliver(Instant since, int limit);
}
