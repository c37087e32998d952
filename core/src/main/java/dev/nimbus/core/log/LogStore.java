package dev.nimbus.core.log;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import java.time.Instant;

/**
 * Log lines by tenant and job. Thread-safe; calls block. No call ever sees or touches another
 * tenant's lines, even of a job with the same name.
 */
public interface LogStore extends AutoCloseable {
  /**
   * Appends a batch and returns when it is durable. Lines at or before the last stored line of
   * their attempt are skipped, so shippers may repeat; they must send each attempt's lines in
   * order. Attempts do not disturb each other: late lines of an older one are stored in their
   * place. A sequence that was jumped over can no longer be stored.
   */
  Appended append(OrgId org, Batch batch);

  /** Lines in order of position within a job, as of one moment. */
  Found read(OrgId org, LogQuery query);

  /**
   * The last position of a job's newest attempt, also when its lines have been dropped since;
   * {@link Position#START} when the job is not known.
   */
  Position last(OrgId org, JobId job);

  /**
   * Drops lines stored before the instant, whatever time they carry, and forgets attempts that had
   * no line since; returns how many lines. A line may stay up to an hour longer than its age says.
   */
  long expire(Instant before);

  /**
   * Puts what is stored into better order and, beyond the store's size bound, drops the oldest
   * lines; a bounded amount of work. Repeatable, and safe beside everything else.
   */
  Tidied tidy();

  /** Bytes on disk, and what they hold. */
  Stats stats();

  @Override
  void close();

  /**
   * What became of a batch.
   *
   * @param last the last stored position of the batch's attempt, now durable
   * @param skipped lines that were stored before, or jumped over
   * @param jumped sequences between the last stored line and these that never came
   */
  record Appended(Position last, int stored, int skipped, long jumped) {}

  record Stats(long jobs, long lines, long bytes) {}

  /**
   * What {@link #tidy} did.
   *
   * @param merged small pieces that went into others; more may be left while this is not zero
   * @param dropped lines dropped because the store was beyond its size bound
   */
  record Tidied(int merged, long dropped) {}
}
