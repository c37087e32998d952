package dev.nimbus.core.log;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import java.time.Instant;
import java.util.List;

/** Log lines by tenant and job. Thread-safe; calls block. */
public interface LogStore extends AutoCloseable {
  /**
   * Appends a batch and returns when it is durable. A line at or before the last stored position of
   * its job is skipped, so shippers may repeat; they must send each job's lines in order.
   */
  void append(OrgId org, List<Line> lines);

  /** Lines in order of position within a job. Only this tenant's lines are ever returned. */
  List<Line> read(OrgId org, LogQuery query);

  /** The last stored position of a job; {@link Position#START} when there is none. */
  Position last(OrgId org, JobId job);

  /** Drops lines older than the instant; returns how many. */
  long expire(Instant before);

  /** Bytes on disk, and what they hold. */
  Stats stats();

  @Override
  void close();

  record Stats(long jobs, long lines, long bytes) {}
}
