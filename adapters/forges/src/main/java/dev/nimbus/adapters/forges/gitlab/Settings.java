package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A connection to GitLab that was found to be complete.
 *
 * @param url where people find GitLab, without a slash at its end
 * @param owner the path of the group or user whose jobs it brings; empty for the whole instance
 * @param repositories the only ones it is for; empty for all of the owner
 * @param hooks what webhooks are believed by
 * @param activeWithin how long ago something happened in a project that is looked at every time
 * @param longestJob what a runner lets a job take; zero leaves it to the project
 */
record Settings(
    URI url,
    String owner,
    List<Repository> repositories,
    String token,
    HookSecrets hooks,
    Duration activeWithin,
    Duration longestJob) {
  Settings {
    repositories = List.copyOf(repositories);
  }

  /** Where the programs' interface begins. */
  URI base() {
    return URI.create(url + "/api");
  }

  /** Whether jobs of the repository are the connection's. */
  boolean covers(Repository repository) {
    return inside(owner, repository.value())
        && (repositories.isEmpty()
            || repositories.stream()
                .anyMatch(one -> one.value().equalsIgnoreCase(repository.value())));
  }

  /** Whether a project of this path is one of the owner's. */
  static boolean inside(String owner, String path) {
    return owner.isEmpty() || path.regionMatches(true, 0, owner + "/", 0, owner.length() + 1);
  }

  @Override
  public String toString() {
    return "GitLab connection of '" + owner + "' at " + url;
  }

  /**
   * What webhooks are believed by; each of several is as good.
   *
   * @param signing keys of signatures
   * @param tokens sent beside a body that is not signed
   * @param tolerance how far from now a signed time may be
   */
  record HookSecrets(List<SigningKey> signing, List<String> tokens, Duration tolerance) {
    HookSecrets {
      signing = List.copyOf(signing);
      tokens = List.copyOf(tokens);
    }

    @Override
    public String toString() {
      return "%d signing keys, %d tokens".formatted(signing.size(), tokens.size());
    }
  }
}
