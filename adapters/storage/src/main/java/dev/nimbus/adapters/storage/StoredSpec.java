package dev.nimbus.adapters.storage;

import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.Metadata;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Work;
import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What never changes about a job, as the one column it is kept in. */
record StoredSpec(
    List<String> command,
    @Nullable String runner,
    Map<String, String> environment,
    String image,
    long timeoutMillis,
    NetworkAccess network,
    Map<String, String> metadata) {

  static String text(JobSpec spec, Metadata metadata) {
    return Json.text(
        new StoredSpec(
            spec.command(),
            spec.work() instanceof Work.Runner(var forge) ? forge.word() : null,
            spec.environment(),
            spec.image(),
            spec.timeout().toMillis(),
            spec.network(),
            metadata.values()));
  }

  static StoredSpec read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), StoredSpec.class);
  }

  JobSpec spec() {
    return new JobSpec(work(), environment, image, Duration.ofMillis(timeoutMillis), network);
  }

  private Work work() {
    return runner == null ? new Work.Command(command) : new Work.Runner(ForgeKind.parse(runner));
  }

  Metadata attached() {
    return Metadata.of(metadata);
  }
}
