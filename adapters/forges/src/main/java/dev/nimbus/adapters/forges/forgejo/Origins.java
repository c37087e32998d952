package dev.nimbus.adapters.forges.forgejo;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Remembered;
import dev.nimbus.adapters.forges.kin.Scopes;
import dev.nimbus.core.id.Repository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where jobs come from. Forgejo lists them with numbers of repositories and runs; what these mean
 * changes rarely or never, and is asked once.
 */
final class Origins {
  private static final int MOST = 10_000;

  private final ForgeApi api;
  private final Remembered<Long, Repository> repositories;
  private final Remembered<Long, Wire.Run> runs;

  Origins(ForgeApi api, InstantSource time) {
    this.api = api;
    this.repositories = new Remembered<>(MOST, Duration.ofMinutes(10), time);
    this.runs = new Remembered<>(MOST, Duration.ofHours(1), time);
  }

  /** The repository of this number; empty when the token may not see it. */
  Optional<Repository> repository(Wire.Job job) {
    var id = job.repoId();
    return id == null
        ? Optional.empty()
        : repositories.of(
            id,
            () ->
                found("/v1/repositories/" + id, Wire.Repo.class)
                    .map(Wire.Repo::fullName)
                    .map(Repository::new));
  }

  /** The run a job belongs to, as far as Forgejo tells. */
  Wire.Run run(Wire.Job job, Repository repository) {
    var id = job.runId();
    if (id == null || id == 0) {
      return Wire.Run.UNKNOWN;
    }
    var path = Scopes.repository(repository) + "/actions/runs/" + id;
    return runs.of(id, () -> found(path, Wire.Run.class)).orElse(Wire.Run.UNKNOWN);
  }

  private <T> Optional<T> found(String path, Class<T> type) {
    var reply = api.send(Call.get(path, Purpose.POLL));
    if (reply.status() == 404) {
      return Optional.empty();
    }
    if (!reply.ok()) {
      throw reply.refusal("read " + path);
    }
    return Optional.of(reply.json(type));
  }
}
