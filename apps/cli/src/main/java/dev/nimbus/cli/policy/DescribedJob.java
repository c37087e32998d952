package dev.nimbus.cli.policy;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.policy.Words;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A job as people describe it to try a policy. What is left out is as if the forge did not say it.
 *
 * @param repository the only one that must be there
 */
record DescribedJob(
    @Nullable String id,
    @Nullable Integer attempt,
    @Nullable String owner,
    @Nullable String repository,
    @Nullable List<String> labels,
    @Nullable String workflow,
    @Nullable String name,
    @Nullable String title,
    @Nullable String branch,
    @Nullable String event,
    @Nullable String actor,
    @Nullable String trust,
    @Nullable String link,
    @Nullable String queuedAt) {

  /** The job, or an illegal argument that says what is wrong with it. */
  ForgeJob job(Instant now) {
    if (repository == null) {
      throw new IllegalArgumentException("it names no 'repository'");
    }
    return new ForgeJob(
        new ForgeJobKey(or(id, "1"), attempt == null ? 1 : attempt),
        or(owner, repository.replaceFirst("/.*", "")),
        new Repository(repository),
        labels == null ? List.of() : labels,
        or(workflow, ""),
        or(name, ""),
        or(title, ""),
        or(branch, ""),
        or(event, ""),
        or(actor, ""),
        givenTrust(),
        "",
        URI.create(or(link, "")),
        queued(now));
  }

  private Trust givenTrust() {
    var word = or(trust, "unknown");
    return Arrays.stream(Trust.values())
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its 'trust' is " + Words.quoted(word) + " (member, fork or unknown)"));
  }

  private Instant queued(Instant now) {
    try {
      return queuedAt == null ? now : Instant.parse(queuedAt);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "its 'queued_at' is %s (such as 2026-11-22T12:00:00Z)".formatted(Words.quoted(queuedAt)),
          e);
    }
  }

  private static String or(@Nullable String text, String absent) {
    return text == null ? absent : text;
  }
}
