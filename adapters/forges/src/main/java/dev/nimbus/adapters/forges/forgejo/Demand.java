package dev.nimbus.adapters.forges.forgejo;

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

/** What Forgejo says of its jobs. */
final class Demand {
  private final ForgeApi api;
  private final Settings settings;
  private final Scopes scopes;
  private final JobList list;
  private final Origins origins;
  private final Jobs jobs;
  private final InstantSource time;

  Demand(ForgeApi api, Scopes scopes, JobList list, InstantSource time) {
    this.api = api;
    this.settings = scopes.settings();
    this.scopes = scopes;
    this.list = list;
    this.origins = new Origins(api, time);
    this.jobs = new Jobs(settings.url());
    this.time = time;
  }

  List<ForgeJob> waiting(Optional<Repository> only) {
    if (only.isPresent() && !settings.covers(only.get())) {
      return List.of();
    }
    return only.map(scopes::of).map(List::of).orElseGet(scopes::all).stream()
        .flatMap(scope -> list.of(scope, Purpose.POLL).stream())
        .filter(job -> Texts.text(job.status()).equals("waiting") && Jobs.readable(job))
        .flatMap(job -> covered(job, only))
        .toList();
  }

  /** The job, when it is one of the connection's and of the repository asked for. */
  private Stream<ForgeJob> covered(Wire.Job job, Optional<Repository> only) {
    return origins
        .repository(job)
        .filter(settings::covers)
        .filter(found -> only.isEmpty() || found.value().equalsIgnoreCase(only.get().value()))
        .map(found -> jobs.job(job, origins.run(job, found), found, time.instant()))
        .stream();
  }

  /** What became of a job; where Forgejo cannot be asked for one, it is looked up in the list. */
  Optional<Event> ask(ForgeJobKey key, Repository repository) {
    if (!settings.covers(repository) || !key.id().matches("\\d{1,18}")) {
      return Optional.empty();
    }
    var reply = one(key, repository);
    if (reply.status() == 404) {
      return list.of(scopes.of(repository), Purpose.MINT).stream()
          .filter(job -> Jobs.readable(job) && Jobs.key(job).equals(key))
          .findFirst()
          .flatMap(job -> event(job, repository));
    }
    if (!reply.ok()) {
      throw reply.refusal("ask for job " + key);
    }
    return event(key, reply.json(Wire.Job.class), repository);
  }

  /** The commit a job is for; empty where Forgejo does not tell. */
  String commit(ForgeJob job) {
    var reply = one(job.key(), job.repository());
    return switch (reply.status()) {
      case 200 -> Texts.text(origins.run(reply.json(Wire.Job.class), job.repository()).commitSha());
      case 403, 404 -> "";
      default -> throw reply.refusal("ask for job " + job.key());
    };
  }

  private Reply one(ForgeJobKey key, Repository repository) {
    var path = Scopes.repository(repository) + "/actions/jobs/" + key.id();
    return api.send(Call.get(path, Purpose.MINT));
  }

  private Optional<Event> event(ForgeJobKey key, Wire.Job job, Repository repository) {
    if (Jobs.key(job).attempt() > key.attempt()) {
      return Optional.of(new Event.JobFinished(key, repository, "", "superseded"));
    }
    return Jobs.key(job).equals(key) ? event(job, repository) : Optional.empty();
  }

  private Optional<Event> event(Wire.Job job, Repository repository) {
    var run = origins.run(job, repository);
    return jobs.event(Texts.text(job.status()), job, run, repository, time.instant());
  }
}
