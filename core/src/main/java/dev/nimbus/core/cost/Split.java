package dev.nimbus.core.cost;

/**
 * Money in millionths of a US dollar, by what it was spent on.
 *
 * @param job while a job ran that ended there
 * @param idle while nothing ran: on the way up and down, and what was paid for and not used
 * @param warm while a machine that was made ahead waited for its job
 * @param failed by machines that never came up or were lost, and by jobs that were cut off
 */
public record Split(long job, long idle, long warm, long failed) {
  public static final Split NONE = new Split(0, 0, 0, 0);

  public long total() {
    return job + idle + warm + failed;
  }

  public Split plus(Split other) {
    return new Split(job + other.job, idle + other.idle, warm + other.warm, failed + other.failed);
  }

  /** Only what jobs cost. */
  public Split jobs() {
    return new Split(job, 0, 0, 0);
  }

  /** What is not a job's. */
  public Split rest() {
    return new Split(0, idle, warm, failed);
  }

  static Split of(Part part, long micros) {
    return switch (part) {
      case JOB -> new Split(micros, 0, 0, 0);
      case IDLE -> new Split(0, micros, 0, 0);
      case WARM -> new Split(0, 0, micros, 0);
      case FAILED -> new Split(0, 0, 0, micros);
    };
  }

  /** What a stretch of time was for. */
  enum Part {
    JOB,
    IDLE,
    WARM,
    FAILED
  }
}
