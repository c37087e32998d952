package dev.nimbus.adapters.forges.github;

import dev.nimbus.core.id.Repository;

/**
 * Where runners are registered.
 *
 * @param path what the addresses of its calls begin with
 */
record RunnerScope(String path) {
  static RunnerScope of(Settings settings, Repository repository) {
    return switch (settings.level()) {
      case ORGANIZATION -> new RunnerScope("/orgs/" + settings.owner());
      case REPOSITORY -> new RunnerScope("/repos/" + repository);
    };
  }

  String runners() {
    return path + "/actions/runners";
  }
}
