package dev.nimbus.api.lease;

import dev.nimbus.core.id.HostId;
import dev.nimbus.json.Meaning;

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
        boolean countsAsAttempt) {}
