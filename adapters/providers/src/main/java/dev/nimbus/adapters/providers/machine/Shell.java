package dev.nimbus.adapters.providers.machine;

import dev.nimbus.core.check.Finding;
import java.time.Duration;
import java.util.List;

/** Where POSIX shell scripts can be run on one host. Thread-safe; calls block. */
public interface Shell extends AutoCloseable {
  /** Most that is kept of what a script prints, and of what it prints as errors, in bytes. */
  int MOST_OUTPUT = 256 << 10;

  /** Goes there harmlessly, and says what it finds on the way. */
  List<Finding> reach();

  /**
   * Runs a script, which is told to nobody but the shell: it is no argument of a program. Where the
   * host does not answer, or the script does not end in time, it is {@code UNAVAILABLE}, and may go
   * on; where the host does not let us in, {@code DENIED}.
   */
  Output run(String script, Duration timeout);

  @Override
  void close();

  /** What a script printed, cut at {@link #MOST_OUTPUT}. */
  record Output(String printed, String errors) {}
}
