package dev.nimbus.core.storage;

import java.util.List;

/**
 * Which jobs, and which page of them.
 *
 * @param states words of {@link dev.nimbus.core.job.JobState#word}; empty for all
 * @param labels the job must ask for every one of them
 * @param metadataKey empty for any
 * @param metadataValue empty for any
 * @param after the cursor of the page before, empty for the first
 */
public record JobFilter(
    List<String> states,
    List<String> labels,
    String metadataKey,
    String metadataValue,
    String after,
    int limit) {
  public static final int MAX_LIMIT = 500;

  public JobFilter {
    states = List.copyOf(states);
    labels = List.copyOf(labels);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("A page has 1 to " + MAX_LIMIT + " jobs: " + limit);
    }
  }

  public static JobFilter newest(int limit) {
    return new JobFilter(List.of(), List.of(), "", "", "", limit);
  }
}
