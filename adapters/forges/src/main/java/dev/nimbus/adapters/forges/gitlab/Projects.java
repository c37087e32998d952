package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Remembered;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Repository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The projects of a connection: GitLab lists jobs by project only. */
final class Projects {
  private static final int MOST = 10_000;
  private static final Duration KNOWN = Duration.ofMinutes(10);
  private static final Duration LISTED = Duration.ofMinutes(2);
  private static final String QUERY =
      "?archived=false&order_by=last_activity_at&sort=desc&per_page=100";

  private final Listing listing;
  private final Settings settings;
  private final InstantSource time;
  private final Remembered<String, Long> ids;
  private final Remembered<String, List<Wire.Project>> listed;
  private final Turns turns = new Turns();

  Projects(ForgeApi api, Settings settings, InstantSource time) {
    this.listing = new Listing(api);
    this.settings = settings;
    this.time = time;
    this.ids = new Remembered<>(MOST, KNOWN, time);
    this.listed = new Remembered<>(1, LISTED, time);
  }

  /** Where all that is said of a project begins. */
  static String path(Repository repository) {
    return "/v4/projects/" + Call.segment(repository.value());
  }

  /** The number of a project, when it is known already. */
  Optional<Long> id(Repository repository) {
    return ids.of(repository.value(), Optional::empty);
  }

  /** The number of a project, by what GitLab says of it. */
  long id(Repository repository, Reply told) {
    var id = told.json(Wire.Project.class).id();
    if (id == null) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot use GitLab's answer: project '%s' has no id".formatted(repository));
    }
    return ids.of(repository.value(), () -> Optional.of(id)).orElse(id);
  }

  /** Those to look at this time: the ones something happened in lately, and some of the others. */
  List<Repository> turn() {
    var since = time.instant().minus(settings.activeWithin());
    return turns.next(known(), project -> lately(project, since)).stream()
        .flatMap(project -> repository(project).stream())
        .toList();
  }

  /** The project of a connection that names none, as far as its path says one we can write. */
  Optional<Repository> repository(Wire.Project project) {
    try {
      return Optional.of(new Repository(Texts.text(project.pathWithNamespace())))
          .filter(settings::covers);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // It is not one of those Nimbus can name.
    }
  }

  /** All that may have jobs, those something happened in last first, as GitLab says now. */
  List<Wire.Project> all(Purpose purpose) {
    return every(purpose).stream()
        .filter(project -> !"disabled".equals(project.buildsAccessLevel()))
        .filter(project -> repository(project).isPresent())
        .toList();
  }

  /** None are not remembered, so that the first one is seen at once. */
  private List<Wire.Project> known() {
    return listed
        .of("", () -> Optional.of(all(Purpose.POLL)).filter(all -> !all.isEmpty()))
        .orElse(List.of());
  }

  private List<Wire.Project> every(Purpose purpose) {
    if (settings.owner().isEmpty()) {
      return listing.all("/v4/projects" + QUERY, purpose, Wire.Project[].class);
    }
    var owner = Call.segment(settings.owner());
    var group = "/v4/groups/" + owner + "/projects" + QUERY;
    return listing
        .seen(group + "&include_subgroups=true&with_shared=false", purpose, Wire.Project[].class)
        .orElseGet(
            () ->
                listing.all(
                    "/v4/users/" + owner + "/projects" + QUERY, purpose, Wire.Project[].class));
  }

  private static boolean lately(Wire.Project project, Instant since) {
    return !Texts.time(project.lastActivityAt(), since).isBefore(since);
  }
}
