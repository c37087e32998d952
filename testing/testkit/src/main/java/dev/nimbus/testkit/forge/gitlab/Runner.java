package dev.nimbus.testkit.forge.gitlab;

import java.util.List;

/** A runner as it is now. Used under a lock. */
final class Runner {
  final long id;
  final long project;
  final String token;
  final String description;
  final List<String> tags;
  final boolean runUntagged;
  boolean paused;
  boolean online;

  Runner(
      long id,
      long project,
      String token,
      String description,
      List<String> tags,
      boolean runUntagged) {
    this.id = id;
    this.project = project;
    this.token = token;
    this.description = description;
    this.tags = List.copyOf(tags);
    this.runUntagged = runUntagged;
  }
}
