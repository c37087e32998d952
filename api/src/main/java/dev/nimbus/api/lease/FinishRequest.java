package dev.nimbus.api.lease;

import dev.nimbus.core.id.HostId;
import dev.nimbus.json.Meaning;
import org.jspecify.annotations.Nullable;

/** How a job ended on a host. */
public record FinishRequest(
    @Meaning(pattern = HostId.PATTERN) String host,
    @Meaning("That of its lease.") long fence,
    @Meaning(
            value =
                "not_run gives the job back; not_now too, and nobody is to try it for a while, which"
                    + " counts for nothing.",
            words = {"succeeded", "failed", "cancelled", "timed_out", "not_run", "not_now"})
        String ending,
    int exitCode,
    @Meaning("Why it ended so, or empty.") String reason,
    @Meaning(
            "For not_run: whether another failure of this sort counts towards giving up on the job.")
        boolean countsAsAttempt,
    @Meaning("Of processor time it used; absent where the host cannot tell.") @Nullable Long cpuMs,
    @Meaning("The most it held at once; absent where the host cannot tell.")
        @Nullable Long peakMemoryBytes) {
  /** Of a job of which nobody knows what it used. */
  public FinishRequest(
      String host,
      long fence,
      String ending,
      int exitCode,
      String reason,
      boolean countsAsAttempt) {
    this(host, fence, ending, exitCode, reason, countsAsAttempt, null, null);
  }
}
