package dev.nimbus.api.lease;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job, and the right to run it.
 *
 * @param ttlMs for how long from the receipt of the grant, unless renewed
 * @param jobToken for the agent, to write the log of the job with
 * @param cacheToken for the job itself, to use its cache with; absent when it has none
 */
public record Grant(
    String org,
    String job,
    String repository,
    long fence,
    long ttlMs,
    Instant until,
    List<String> command,
    Map<String, String> env,
    String image,
    int milliCpus,
    long memoryBytes,
    long timeoutMs,
    String network,
    String jobToken,
    @Nullable String cacheToken,
    Services services) {

  /** Where the services around the job are; empty text where there is none. */
  public record Services(String logsUrl, String cacheUrl) {}
}
