package dev.nimbus.adapters.forges.kin;

import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.util.List;

/**
 * A connection that was found to be complete.
 *
 * @param url where people find the forge, without a slash at its end
 * @param owner whose jobs it brings; empty for all of the instance
 * @param repositories the only ones it is for; empty for all of the owner
 * @param webhookSecrets any of which may have signed
 * @param labels every label a job may ask for, for forges that must be told; else empty
 */
public record Settings(
    URI url,
    String owner,
    List<Repository> repositories,
    Level level,
    String token,
    List<String> webhookSecrets,
    List<String> labels) {
  public Settings {
    repositories = List.copyOf(repositories);
    webhookSecrets = List.copyOf(webhookSecrets);
    labels = List.copyOf(labels);
  }

  /** Where the programs' interfaces begin. */
  public URI base() {
    return URI.create(url + "/api");
  }

  /** Whether jobs of the repository are the connection's. */
  public boolean covers(Repository repository) {
    var name = repository.value();
    return (owner.isEmpty() || name.regionMatches(true, 0, owner + "/", 0, owner.length() + 1))
        && (repositories.isEmpty()
            || repositories.stream().anyMatch(one -> one.value().equalsIgnoreCase(name)));
  }

  @Override
  public String toString() {
    return "connection to '" + owner + "' at " + url;
  }

  /** Where runners are registered and jobs are listed. */
  public enum Level {
    INSTANCE,
    ORGANIZATION,
    USER,
    REPOSITORY
  }
}
