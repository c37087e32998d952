package dev.nimbus.core.lease;

import dev.nimbus.core.id.Fence;

/** What became of the wish to end a job. */
public sealed interface Ending {
  record Recorded() implements Ending {}

  /** This very ending was recorded before; a repeated call is harmless. */
  record AlreadyRecorded() implements Ending {}

  /** A newer fence exists, or the job ended otherwise. Nothing was written. */
  record Stale(Fence current) implements Ending {}

  /** No such job. */
  record Unknown() implements Ending {}
}
