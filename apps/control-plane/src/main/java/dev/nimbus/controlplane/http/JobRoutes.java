package dev.nimbus.controlplane.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.job.JobDetail;
import dev.nimbus.api.job.JobView;
import dev.nimbus.api.job.JobWhy;
import dev.nimbus.api.job.SubmitJob;
import dev.nimbus.controlplane.intake.Intake;
import dev.nimbus.controlplane.intake.Steering;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.KnownJobs;
import dev.nimbus.controlplane.watch.Reasons;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Parameter;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.util.List;
import java.util.Map;

/** Jobs, as people and their tools ask for them and about them. */
public final class JobRoutes {
  private static final Parameter<List<String>> STATUS =
      Parameter.words("status", "Only jobs in one of these states.", JobState.WORDS);
  private static final Parameter<List<String>> LABEL =
      Parameter.words("label", "Only jobs that ask for every one of these labels.");
  private static final Parameter<String> METADATA_KEY =
      Parameter.text("metadata_key", "Only jobs with metadata of this name.", 256);
  private static final Parameter<String> METADATA_VALUE =
      Parameter.text("metadata_value", "Only jobs with this value under the metadata_key.", 256);
  private static final Parameter<String> AFTER =
      Parameter.text("after", "The cursor the page before gave as next.", 256);
  private static final Parameter<Integer> LIMIT =
      Parameter.number("limit", "At most this many jobs.", 50, 1, JobFilter.MAX_LIMIT);

  private final Intake intake;
  private final Steering steering;
  private final Reasons reasons;
  private final JobStore jobs;
  private final KnownJobs known;
  private final JobWatch watch;
  private final JobViews views;

  public JobRoutes(
      Intake intake, Steering steering, Reasons reasons, Storage storage, JobWatch watch) {
    this.intake = intake;
    this.steering = steering;
    this.reasons = reasons;
    this.jobs = storage.jobs();
    this.known = new KnownJobs(jobs);
    this.watch = watch;
    this.views = new JobViews(jobs, storage.forges());
  }

  public List<Route> routes(Access admin) {
    return List.of(
        Route.post(Paths.JOBS, admin, this::submit)
            .does("submitJob", "Submit a job")
            .asks(Orgs.ORG)
            .takes(SubmitJob.class)
            .creates(JobView.class)
            .refuses(Kind.EXHAUSTED),
        list(Route.get(Paths.JOBS, admin, this::list)).does("listJobs", "List jobs, newest first"),
        list(Route.get(Paths.JOBS_RECENT, admin, this::list))
            .does("listRecentJobs", "The same as listing jobs"),
        Route.get(Paths.JOB, admin, this::show)
            .does("getJob", "Show a job with its attempts and what happened to it")
            .asks(Orgs.ORG)
            .answers(200, JobDetail.class)
            .refuses(Kind.NOT_FOUND),
        Route.post(Paths.JOB_CANCEL, admin, this::cancel)
            .does(
                "cancelJob", "End a job, or have its host told to; one that is over stays as it is")
            .asks(Orgs.ORG)
            .answers(200, JobView.class)
            .refuses(Kind.NOT_FOUND),
        Route.post(Paths.JOB_RETRY, admin, this::retry)
            .does("retryJob", "Put an ended job back into the queue")
            .asks(Orgs.ORG)
            .answers(200, JobView.class)
            .refuses(Kind.NOT_FOUND, Kind.CONFLICT, Kind.EXHAUSTED),
        Route.get(Paths.JOB_WHY, admin, this::why)
            .does("explainJob", "Say the one reason for where a job stands")
            .asks(Orgs.ORG)
            .answers(200, JobWhy.class)
            .refuses(Kind.NOT_FOUND),
        Route.get(Paths.JOB_EVENTS, admin, this::events)
            .does("followJob", "Follow a job from change to change until it has ended")
            .asks(Orgs.ORG)
            .answersEvents(Map.of("job", JobView.class))
            .refuses(Kind.NOT_FOUND));
  }

  private static Route list(Route route) {
    return route
        .asks(Orgs.ORG, STATUS, LABEL, METADATA_KEY, METADATA_VALUE, AFTER, LIMIT)
        .answers(200, Items.class, JobView.class);
  }

  private Response submit(Request request) {
    var body = request.json(SubmitJob.class);
    var accepted = intake.submit(body, Orgs.of(request), request.once());
    var view = views.of(accepted.job());
    return Response.json(accepted.fresh() ? 201 : 200, view)
        .with("Location", Paths.with(Paths.JOB, view.id()));
  }

  private Response list(Request request) {
    var org = Orgs.of(request);
    var filter =
        new JobFilter(
            request.value(STATUS),
            request.value(LABEL),
            request.value(METADATA_KEY),
            request.value(METADATA_VALUE),
            request.value(AFTER),
            request.value(LIMIT));
    var page = jobs.list(org, filter);
    return Response.json(
        200,
        new Items<JobView>(views.of(org, page.jobs()), page.next().isEmpty() ? null : page.next()));
  }

  private Response show(Request request) {
    var job = find(request);
    return Response.json(200, views.detail(job));
  }

  private Response cancel(Request request) {
    var by = request.principal().subject();
    return Response.json(200, views.of(steering.cancel(Orgs.of(request), id(request), by)));
  }

  private Response retry(Request request) {
    return Response.json(200, views.of(steering.retry(Orgs.of(request), id(request))));
  }

  private Response why(Request request) {
    var job = find(request);
    var reason = reasons.of(job);
    return Response.json(
        200, new JobWhy(job.id().value(), reason.state(), reason.code(), reason.sentence()));
  }

  private Response events(Request request) {
    var job = find(request);
    return Response.events(new FollowedJob(jobs, views, watch, job.org(), job.id())::copy);
  }

  private Job find(Request request) {
    return known.find(Orgs.of(request), id(request));
  }

  private static JobId id(Request request) {
    return new JobId(request.param("id"));
  }
}
