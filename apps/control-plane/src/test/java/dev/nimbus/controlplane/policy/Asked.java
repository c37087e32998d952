package dev.nimbus.controlplane.policy;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Builds the jobs these tests decide about. */
record Asked(
    String repository,
    List<String> labels,
    String workflow,
    String title,
    String branch,
    String event,
    String actor,
    Trust trust) {
  /** A Sunday. */
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  static Asked job() {
    return new Asked(
        "acme/shop",
        List.of("nimbus"),
        "Build",
        "Fix the till",
        "main",
        "push",
        "alice",
        Trust.MEMBER);
  }

  Asked of(String given) {
    return new Asked(given, labels, workflow, title, branch, event, actor, trust);
  }

  Asked labelled(String... given) {
    return labelled(List.of(given));
  }

  Asked labelled(List<String> given) {
    return new Asked(repository, given, workflow, title, branch, event, actor, trust);
  }

  Asked titled(String given) {
    return new Asked(repository, labels, workflow, given, branch, event, actor, trust);
  }

  Asked in(String given) {
    return new Asked(repository, labels, given, title, branch, event, actor, trust);
  }

  Asked on(String given) {
    return new Asked(repository, labels, workflow, title, given, event, actor, trust);
  }

  Asked causedBy(String given) {
    return new Asked(repository, labels, workflow, title, branch, given, actor, trust);
  }

  Asked by(String given) {
    return new Asked(repository, labels, workflow, title, branch, event, given, trust);
  }

  Asked trusted(Trust given) {
    return new Asked(repository, labels, workflow, title, branch, event, actor, given);
  }

  ForgeJob build() {
    return new ForgeJob(
        new ForgeJobKey("7", 1),
        "acme",
        new Repository(repository),
        labels,
        workflow,
        "test",
        title,
        branch,
        event,
        actor,
        trust,
        "",
        URI.create("https://forge.example/7"),
        NOON);
  }
}
