package dev.nimbus.adapters.forges.gitea;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.adapters.forges.kin.Scopes;
import dev.nimbus.adapters.forges.kin.Settings;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Repository;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Gitea says of its jobs. */
final class Demand {
  private final ForgeApi api;
  private final Settings settings;
  private final Scopes scopes;
  private final JobList list;
  private final Origins origins;
  private final InstantSource time;

  Demand(ForgeApi api, Scopes scopes, JobList list, InstantSource time) {
    this.api = api;
    this.settings = scopes.settings();
    this.scopes = scopes;
    this.list = list;
    this.origins = new Origins(api, time);
    this.time = time;
  }

  List<ForgeJob> waiting(Optional<Repository> only) {
    if (only.isPresent() && !settings.covers(only.get())) {
      return List.of();
    }
    return only.map(one -> List.of(Scopes.repository(one))).orElseGet(scopes::all).stream()
        .flatMap(scope -> list.of(scope, "queued", Purpose.POLL).stream())
        .flatMap(this::covered)
        .toList();
  }

  private Stream<ForgeJob> covered(Wire.Job job) {
    return Jobs.repository(job).filter(settings::covers).map(found -> job(job, found)).stream();
  }

  Optional<Event> ask(ForgeJobKey key, Repository repository) {
    if (!settings.covers(repository) || !key.id().matches("\\d{1,18}")) {
      return Optional.empty();
    }
    var reply = one(key, repository);
    if (reply.status() == 404) {
      return Optional.empty();
    }
    if (!reply.ok()) {
      throw reply.refusal("ask for job " + key);
    }
    return event(key, reply.json(Wire.Job.class), repository);
  }

  /** The commit a job is for; empty when the job is gone or may not be seen. */
  String commit(ForgeJob job) {
    var reply = one(job.key(), job.repository());
    return switch (reply.status()) {
      case 200 -> Texts.text(reply.json(Wire.Job.class).headSha());
      case 403, 404 -> "";
      default -> throw reply.refusal("ask for job " + job.key());
    };
  }

  private Reply one(ForgeJobKey key, Repository repository) {
    var path = Scopes.repository(repository) + "/actions/jobs/" + key.id();
    return api.send(Call.get(path, Purpose.MINT));
  }

  private Optional<Event> event(ForgeJobKey key, Wire.Job job, Repository repository) {
    var attempt = Jobs.key(job).attempt();
    if (attempt > key.attempt()) {
      return Optional.of(new Event.JobFinished(key, repository, "", "superseded"));
    }
    var status = Texts.text(job.status());
    if (attempt < key.attempt() && !status.equals("completed")) {
      return Optional.empty();
    }
    return switch (status) {
      case "queued" -> Optional.of(new Event.JobQueued(job(job, repository)));
      case "in_progress" -> Optional.of(Jobs.started(job, repository));
      case "completed" -> Optional.of(Jobs.finished(key, job, repository));
      case "waiting", "pending", "requested" ->
          Optional.of(new Event.Ignored("the job does not wait for a runner yet"));
      default -> Optional.empty();
    };
  }

  private ForgeJob job(Wire.Job job, Repository repository) {
    return Jobs.job(job, origins.of(job, repository), repository, time.instant());
  }
}
