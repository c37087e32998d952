package dev.nimbus.core.forge;

import java.time.Instant;
import java.util.List;

/**
 * A forge that keeps queues: each is given jobs, counts them, and tells one listener at a time what
 * happens to them. Jobs of a queue are told of by its session alone: webhooks about them are
 * ignored, and {@link #waiting} does not list them. Their {@link ForgeJob#handle} is the name of
 * the queue, by which {@link #register} makes a runner of it.
 */
public interface Listening extends Forge {
  /** The queues of the connection, by name; empty when it uses none. Makes no call. */
  List<String> queues();

  /**
   * Begins to listen to a queue, which is made when it is missing. Blocks. Failures are {@code
   * UNAVAILABLE} when trying again may help.
   */
  Opening listen(Seat seat);

  /**
   * Jobs that wait and fit a queue, found as if there was none and under other keys than its
   * session uses. For when the queue counts more jobs than it told of: a runner of the queue made
   * for one of these serves whichever is next.
   */
  List<ForgeJob> unheard(String queue);

  /**
   * Who listens.
   *
   * @param owner what people see of the listener where somebody else wants to listen
   * @param abandoned the id of the session an earlier listener of ours did not end; empty when none
   *     is known. It is ended if it stands in the way, so it must not be one that is in use.
   */
  record Seat(String queue, String owner, String abandoned) {
    private static final int MAX_LENGTH = 100;

    public Seat {
      if (queue.isBlank()
          || owner.isBlank()
          || Math.max(owner.length(), abandoned.length()) > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "Not a seat at a queue: '%s' of '%s' after '%s'".formatted(queue, owner, abandoned));
      }
    }
  }

  /** What became of beginning to listen. */
  sealed interface Opening {
    /** Its id is to be kept, so that whoever comes after a crash can name it. */
    record Open(QueueSession session) implements Opening {}

    /** Somebody else listens, or the forge asks to be left alone until then. */
    record Later(Instant notBefore, String why) implements Opening {}

    /** Will not work until a person changes something. */
    record Refused(String why) implements Opening {}
  }
}
