package dev.nimbus.core.forge;

/**
 * What a queue counts. This is how things are: a listener that holds fewer jobs than are counted
 * here missed something, however well it listened.
 *
 * @param available jobs that fit and that nobody has
 * @param acquired jobs taken that are not given to the queue yet
 * @param assigned jobs given to the queue that are not over, running ones included
 * @param running jobs a runner has begun
 * @param registered runners of the queue
 * @param busy those of them that run a job
 * @param idle those of them that are connected and wait for one
 */
public record QueueStatistics(
    int available, int acquired, int assigned, int running, int registered, int busy, int idle) {
  public static final QueueStatistics NONE = new QueueStatistics(0, 0, 0, 0, 0, 0, 0);

  public QueueStatistics {
    if (Math.min(Math.min(available, acquired), Math.min(assigned, running)) < 0
        || Math.min(registered, Math.min(busy, idle)) < 0) {
      throw new IllegalArgumentException("A queue counts from 0 on");
    }
  }

  /** Jobs given to the queue that wait for a runner. */
  public int waiting() {
    return Math.max(0, assigned - running);
  }

  /**
   * How many jobs wait that a listener does not know of.
   *
   * @param held jobs of the queue that wait at the forge as far as the listener knows, and for each
   *     of which a runner is there or is going to be
   */
  public int missing(int held) {
    return Math.max(0, waiting() - held);
  }

  /** How many runners too many there are or are going to be, for {@code held} as above. */
  public int surplus(int held) {
    return Math.max(0, held - waiting());
  }
}
