package dev.nimbus.core.storage;

import dev.nimbus.core.job.Job;
import java.util.List;

/**
 * One page of jobs.
 *
 * @param next the cursor that continues it, empty on the last
 */
public record Page(List<Job> jobs, String next) {
  public Page {
    jobs = List.copyOf(jobs);
  }
}
