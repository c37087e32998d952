package dev.nimbus.core.job;

/** What a host must offer to run a job. */
public record Requirements(Labels labels, Size size) {
  /** Whether a host with these labels and this much free could take the job now. */
  public boolean metBy(Labels offered, Size free) {
    return offered.containsAll(labels) && size.fitsIn(free);
  }

  /** Whether a host that meets these meets the others too. */
  public boolean covers(Requirements others) {
    return labels.containsAll(others.labels) && others.size.fitsIn(size);
  }
}
