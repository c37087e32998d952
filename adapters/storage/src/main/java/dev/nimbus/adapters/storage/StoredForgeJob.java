package dev.nimbus.adapters.storage;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import dev.nimbus.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a forge said of a job when it announced it, as the one column it is kept in. */
record StoredForgeJob(
    String owner,
    String repository,
    List<String> labels,
    String workflow,
    String name,
    String title,
    String branch,
    String event,
    String actor,
    ForgeJob.Trust trust,
    String handle,
    URI link) {
  private static final StoredForgeJob UNKNOWN =
      new StoredForgeJob(
          "",
          Repository.NONE.value(),
          List.of(),
          "",
          "",
          "",
          "",
          "",
          "",
          ForgeJob.Trust.UNKNOWN,
          "",
          URI.create(""));

  static String text(ForgeJob job) {
    return Json.text(
        new StoredForgeJob(
            job.owner(),
            job.repository().value(),
            job.labels(),
            job.workflow(),
            job.name(),
            job.title(),
            job.branch(),
            job.event(),
            job.actor(),
            job.trust(),
            job.handle(),
            job.link()));
  }

  /** Reads {@link #text}; nothing is known of a job that was not announced. */
  static StoredForgeJob read(@Nullable String facts) {
    return facts == null
        ? UNKNOWN
        : Json.read(facts.getBytes(StandardCharsets.UTF_8), StoredForgeJob.class);
  }

  ForgeJob job(ForgeJobKey key, Instant queuedAt) {
    return new ForgeJob(
        key,
        owner,
        new Repository(repository),
        labels,
        workflow,
        name,
        title,
        branch,
        event,
        actor,
        trust,
        handle,
        link,
        queuedAt);
  }
}
