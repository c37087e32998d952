package dev.nimbus.core.job;

/** What a host must offer to run a job. */
public record Requirements(Labels labels, Size size) {
  /** Whether a host with these labels and this much free could take the job now. */
  public boolean metBy(Labels offered, Size free) {
    return offered.containsAll(labels) && size.fitsIn(free);
  }
}
