package dev.nimbus.core.policy;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Builds the jobs these tests decide about. */
record Asked(String repository, List<String> labels, String branch, String event, Trust trust) {
  static Asked job() {
    return new Asked("acme/shop", List.of("nimbus"), "main", "push", Trust.MEMBER);
  }

  Asked labelled(String... given) {
    return new Asked(repository, List.of(given), branch, event, trust);
  }

  Asked of(String given) {
    return new Asked(given, labels, branch, event, trust);
  }

  Asked on(String given) {
    return new Asked(repository, labels, given, event, trust);
  }

  Asked causedBy(String given, Trust whose) {
    return new Asked(repository, labels, branch, given, whose);
  }

  ForgeJob build() {
    return new ForgeJob(
        new ForgeJobKey("7", 1),
        "acme",
        new Repository(repository),
        labels,
        "Build",
        "test",
        "Fix the till",
        branch,
        event,
        "Alice",
        trust,
        "",
        URI.create("https://forge.example/7"),
        Instant.parse("2026-11-22T12:00:00Z"));
  }
}
