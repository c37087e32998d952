package dev.nimbus.controlplane.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.client.LogClient;
import dev.nimbus.api.client.Query;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.controlplane.identity.Issuing;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.KnownJobs;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.net.URI;
import java.util.List;

/** Logs of jobs: checked here for whose they are, fetched from the logging pipeline. */
public final class LogRoutes {
  private final JobStore jobs;
  private final JobWatch watch;
  private final Issuing issuing;
  private final URI pipeline;

  public LogRoutes(JobStore jobs, JobWatch watch, Issuing issuing, URI pipeline) {
    this.jobs = jobs;
    this.watch = watch;
    this.issuing = issuing;
    this.pipeline = pipeline;
  }

  public List<Route> routes(Access admin) {
    return List.of(Route.get(Paths.JOB_LOGS, admin, this::logs));
  }

  private Response logs(Request request) {
    var org = Orgs.of(request);
    var id = new JobId(request.param("id"));
    var job = new KnownJobs(jobs).find(org, id);
    return request.query("follow").filter("true"::equals).isPresent()
        ? follow(request, job)
        : page(request, job);
  }

  private Response page(Request request, Job job) {
    var query = new Query().with("job_id", job.id().value());
    for (var name : List.of("after", "contains", "level", "from", "until", "limit")) {
      query.with(name, request.query(name).orElse(""));
    }
    var lines = client(job.org()).query(query);
    return Response.json(200, new Items<LogLine>(lines.items(), lines.next()));
  }

  private Response follow(Request request, Job job) {
    var after = request.header("Last-Event-ID").or(() -> request.query("after")).orElse("");
    if (!after.isEmpty() && !after.matches("\\d{1,18}\\.\\d{1,18}")) {
      throw new NimbusException(
          Kind.INVALID, "Not a place in a log: '" + after + "' (attempt.sequence)");
    }
    var followed = new FollowedLog(jobs, watch, client(job.org()), job.org(), job.id(), after);
    return Response.events(followed::copy);
  }

  private LogClient client(OrgId org) {
    return new LogClient(pipeline, () -> issuing.forService(org));
  }
}
