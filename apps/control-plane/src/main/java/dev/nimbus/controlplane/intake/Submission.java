package dev.nimbus.controlplane.intake;

import dev.nimbus.api.job.SubmitJob;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.AskedLabels;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Metadata;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a submission means: its defaults filled in, its labels read, its mistakes named. */
public final class Submission {
  /** What a job gets that does not say. */
  static final Size DEFAULT_SIZE = new Size(1000, 512L << 20);

  static final Duration DEFAULT_TIMEOUT = Duration.ofHours(6);

  private Submission() {}

  /** Reads a submission; what cannot be a job is {@code INVALID}. */
  static NewJob read(SubmitJob request, OrgId org, JobId id, String onceKey, String digest) {
    var asked = AskedLabels.read(or(request.labels(), List.of()));
    var spec =
        new JobSpec(
                request.command(),
                or(request.env(), Map.of()),
                or(request.image(), asked.image().orElse(JobSpec.HOST_IMAGE)),
                timeout(request.timeoutMs()),
                network(request.network()))
            .asked();
    var size =
        new Size(
            request.cpus() == null
                ? asked.milliCpus().orElse(DEFAULT_SIZE.milliCpus())
                : AskedLabels.milliCpus(request.cpus()),
            request.memoryBytes() == null
                ? asked.memoryBytes().orElse(DEFAULT_SIZE.memoryBytes())
                : memory(request.memoryBytes()));
    var metadata = new TreeMap<>(asked.metadata());
    metadata.putAll(or(request.metadata(), Map.of()));
    var repository =
        request.repository() == null ? Repository.NONE : new Repository(request.repository());
    return new NewJob(
        org,
        id,
        repository,
        spec,
        new Requirements(Labels.of(asked.hostLabels(spec.image())), size),
        new Metadata(metadata),
        onceKey,
        digest);
  }

  /** What a job with these labels and nothing else would require. */
  public static Requirements requirements(List<String> labels) {
    var asked = AskedLabels.read(labels);
    var size =
        new Size(
            asked.milliCpus().orElse(DEFAULT_SIZE.milliCpus()),
            asked.memoryBytes().orElse(DEFAULT_SIZE.memoryBytes()));
    var image = asked.image().orElse(JobSpec.HOST_IMAGE);
    return new Requirements(Labels.of(asked.hostLabels(image)), size);
  }

  private static long memory(long bytes) {
    if (bytes < 1) {
      throw new NimbusException(Kind.INVALID, "A job needs memory above zero: " + bytes);
    }
    return bytes;
  }

  private static Duration timeout(@Nullable Long millis) {
    return millis == null ? DEFAULT_TIMEOUT : Duration.ofMillis(millis);
  }

  private static NetworkAccess network(@Nullable String word) {
    return switch (word == null ? "host" : word) {
      case "host" -> NetworkAccess.HOST;
      case "none" -> NetworkAccess.NONE;
      default ->
          throw new NimbusException(
              Kind.INVALID, "Not a network access: '" + word + "' (host or none)");
    };
  }

  private static <T> T or(@Nullable T value, T fallback) {
    return value == null ? fallback : value;
  }
}
