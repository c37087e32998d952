package dev.nimbus.hostagent.ship;

import dev.nimbus.api.log.LogLine;
import java.util.List;

/**
 * Where the log of one attempt of a job goes. Lines it has stored before are skipped, so a batch
 * may be sent again. Calls block, and throw when the lines could not be stored for now.
 */
public interface LogSink {
  Receipt send(List<LogLine> lines);

  /** What became of a batch. */
  sealed interface Receipt {
    /** Everything up to and including this line is stored for good. */
    record Stored(long lastSequence) implements Receipt {}

    /** This log will never be taken. */
    record Unwanted(String why) implements Receipt {}
  }
}
