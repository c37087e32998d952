package dev.nimbus.core.cost;

import dev.nimbus.core.machine.EndCause;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How the time of a machine that existed passed.
 *
 * @param began it was asked for
 * @param until it was gone, or the time now
 * @param gone whether it is: only then what is paid for beyond is wasted
 * @param warm whether it was made ahead of its job
 * @param ended why it ends or ended; empty before
 */
public record Life(
    Instant began,
    Instant until,
    boolean gone,
    boolean warm,
    Optional<Worked> worked,
    Optional<EndCause> ended) {
  private static final Set<EndCause> FAILURES =
      EnumSet.of(EndCause.FAILED, EndCause.LOST, EndCause.INTERRUPTED, EndCause.REFUSED);

  public Life {
    until = until.isBefore(began) ? began : until;
  }

  /** Whether it was good for nothing. */
  boolean failed() {
    return ended.filter(FAILURES::contains).isPresent() && !finished();
  }

  /** Whether a job ended there. */
  boolean finished() {
    return worked.flatMap(Worked::until).isPresent();
  }
}
