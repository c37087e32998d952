package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.github.scaleset.ScaleSet;
import dev.nimbus.adapters.forges.github.scaleset.Scope;
import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A connection to GitHub that was found to be complete.
 *
 * @param url where people find this GitHub
 * @param repositories the only ones it is for; empty for all of the owner
 * @param level where runners are registered
 * @param runnerGroup by name; empty for the default one
 * @param webhookSecrets any of which may have signed
 * @param hookId of the owner's webhook, for tokens; empty when failed deliveries are not looked at
 * @param betweenChanges from one change to the next
 * @param activeWithin how long ago something was pushed to a repository worth looking at
 * @param scaleSets whose queues tell of jobs, instead of webhooks
 */
record Settings(
    URI url,
    URI api,
    String owner,
    List<Repository> repositories,
    Level level,
    String runnerGroup,
    List<Credential> credentials,
    List<String> webhookSecrets,
    String hookId,
    Duration betweenChanges,
    Duration activeWithin,
    List<ScaleSet> scaleSets) {
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*|\\.[A-Za-z0-9_-]+");

  Settings {
    repositories = List.copyOf(repositories);
    credentials = List.copyOf(credentials);
    webhookSecrets = List.copyOf(webhookSecrets);
    scaleSets = List.copyOf(scaleSets);
  }

  /** Whether the queue of a scale set tells of a job with these labels. */
  boolean queued(List<String> labels) {
    return scaleSets.stream().anyMatch(set -> set.fits(labels));
  }

  Optional<ScaleSet> scaleSet(String name) {
    return scaleSets.stream().filter(set -> set.name().equals(name)).findFirst();
  }

  /** Where scale sets are registered. */
  Scope scope() {
    var path =
        switch (level) {
          case ORGANIZATION -> owner;
          case REPOSITORY -> repositories.isEmpty() ? owner : repositories.getFirst().value();
        };
    var only = repositories.isEmpty() ? Repository.NONE : repositories.getFirst();
    var page = url.getScheme() + "://" + url.getRawAuthority() + "/" + path;
    return new Scope(URI.create(page), RunnerScope.of(this, only).runners(), runnerGroup);
  }

  /** Whether jobs of the repository are the connection's. */
  boolean covers(Repository repository) {
    return inside(owner, repository.value())
        && (repositories.isEmpty()
            || repositories.stream()
                .anyMatch(one -> one.value().equalsIgnoreCase(repository.value())));
  }

  /** Whether this is the full name of a repository the owner may have. */
  static boolean inside(String owner, String fullName) {
    return isOwner(owner)
        && fullName.regionMatches(true, 0, owner + "/", 0, owner.length() + 1)
        && NAME.matcher(fullName.substring(owner.length() + 1)).matches()
        && !fullName.contains("..");
  }

  /** Whether an organization or user may have this name. */
  static boolean isOwner(String name) {
    return OWNER.matcher(name).matches();
  }

  boolean byApp() {
    return credentials.getFirst() instanceof Credential.App;
  }

  @Override
  public String toString() {
    return "GitHub connection of '" + owner + "' at " + api;
  }

  /** Where runners are registered. */
  enum Level {
    ORGANIZATION,
    REPOSITORY
  }
}
