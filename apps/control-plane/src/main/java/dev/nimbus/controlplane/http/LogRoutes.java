package dev.nimbus.controlplane.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.client.LogClient;
import dev.nimbus.api.client.Query;
import dev.nimbus.api.log.LogEnd;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.controlplane.identity.Issuing;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.KnownJobs;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.log.Line;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Parameter;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Logs of jobs: checked here for whose they are, fetched from the logging pipeline. */
public final class LogRoutes {
  private static final Parameter<Boolean> FOLLOW =
      Parameter.flag("follow", "Send lines as they come rather than a page of them.");
  private static final Parameter<String> AFTER =
      Parameter.text("after", "Only lines after this place, as attempt.sequence.", 40);
  private static final Parameter<String> CONTAINS =
      Parameter.text("contains", "Only lines with this text.", LogQuery.MAX_CONTAINS);
  private static final Parameter<Line.Level> LEVEL =
      Parameter.choice("level", "Only lines of this level and above.", Line.Level.DEBUG);
  private static final Parameter<Instant> FROM =
      Parameter.time("from", "Only lines of this time and later.", Instant.MIN);
  private static final Parameter<Instant> UNTIL =
      Parameter.time("until", "Only lines of earlier than this.", Instant.MAX);
  private static final Parameter<Integer> LIMIT =
      Parameter.number("limit", "At most this many lines.", 1_000, 1, LogQuery.MAX_LIMIT);
  private static final Parameter<String> LAST_EVENT_ID =
      Parameter.header("Last-Event-ID", "Where a broken stream goes on, as after does.", 40);

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
    return List.of(
        Route.get(Paths.JOB_LOGS, admin, this::logs)
            .does("getLog", "Read a job's log, or follow it until it is complete")
            .asks(Orgs.ORG, FOLLOW, AFTER, CONTAINS, LEVEL, FROM, UNTIL, LIMIT, LAST_EVENT_ID)
            .answers(200, Items.class, LogLine.class)
            .answersEvents(Map.of("line", LogLine.class, "end", LogEnd.class))
            .refuses(Kind.NOT_FOUND, Kind.UNAVAILABLE));
  }

  private Response logs(Request request) {
    var org = Orgs.of(request);
    var id = new JobId(request.param("id"));
    var job = new KnownJobs(jobs).find(org, id);
    return request.value(FOLLOW) ? follow(request, job) : page(request, job);
  }

  private Response page(Request request, Job job) {
    var query = new Query().with("job_id", job.id().value());
    for (var parameter : List.of(AFTER, CONTAINS, LEVEL, FROM, UNTIL, LIMIT)) {
      query.with(parameter.name(), request.text(parameter));
    }
    var lines = client(job.org()).query(query);
    return Response.json(200, new Items<LogLine>(lines.items(), lines.next()));
  }

  private Response follow(Request request, Job job) {
    var last = request.value(LAST_EVENT_ID);
    var after = last.isEmpty() ? request.value(AFTER) : last;
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
