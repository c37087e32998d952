package dev.nimbus.adapters.forges.kin;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.core.id.Repository;
import java.util.List;

/** The beginnings of the paths below which a connection's runners and jobs are kept. Pure. */
public record Scopes(Settings settings) {
  /** Every one, for questions about all of the connection. */
  public List<String> all() {
    return switch (settings.level()) {
      case REPOSITORY -> settings.repositories().stream().map(Scopes::repository).toList();
      case INSTANCE, ORGANIZATION, USER -> List.of(of(Repository.NONE));
    };
  }

  /** The one for what belongs to a repository. */
  public String of(Repository repository) {
    return switch (settings.level()) {
      case INSTANCE -> "/v1/admin";
      case ORGANIZATION -> "/v1/orgs/" + Call.segment(settings.owner());
      case USER -> "/v1/user";
      case REPOSITORY -> repository(repository);
    };
  }

  /** What is asked of one repository only, wherever its runners are kept. */
  public static String repository(Repository repository) {
    return "/v1/repos/" + repository;
  }
}
