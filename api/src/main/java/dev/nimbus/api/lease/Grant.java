package dev.nimbus.api.lease;

import dev.nimbus.json.Meaning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job, and the right to run it. */
public record Grant(
    String org,
    String job,
    String repository,
    long fence,
    @Meaning("For how long from the receipt of the grant, unless renewed.") long ttlMs,
    Instant until,
    List<String> command,
    @Meaning(
            value = "The forge whose runner the job is for; absent for a command.",
            words = {"github", "gitlab", "forgejo", "gitea"})
        @Nullable String runner,
    Map<String, String> env,
    String image,
    int milliCpus,
    long memoryBytes,
    long timeoutMs,
    @Meaning(words = {"host", "none"}) String network,
    @Meaning("For the agent, to write the log of the job with.") String jobToken,
    @Meaning("For the job itself, to use its cache with; absent when it has none.")
        @Nullable String cacheToken,
    Services services) {

  /** Where the services around the job are. */
  public record Services(
      @Meaning("Empty where there is none.") String logsUrl,
      @Meaning("Empty where there is none.") String cacheUrl) {}
}
