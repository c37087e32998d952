package dev.nimbus.controlplane.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.job.JobView;
import dev.nimbus.api.job.JobWhy;
import dev.nimbus.api.job.SubmitJob;
import dev.nimbus.controlplane.intake.Intake;
import dev.nimbus.controlplane.intake.Steering;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.KnownJobs;
import dev.nimbus.controlplane.watch.Reasons;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Jobs, as people and their tools ask for them and about them. */
public final class JobRoutes {
  private static final long MAX_SUBMISSION = 1 << 20;

  private final Intake intake;
  private final Steering steering;
  private final Reasons reasons;
  private final JobStore jobs;
  private final KnownJobs known;
  private final JobWatch watch;

  public JobRoutes(
      Intake intake, Steering steering, Reasons reasons, JobStore jobs, JobWatch watch) {
    this.intake = intake;
    this.steering = steering;
    this.reasons = reasons;
    this.jobs = jobs;
    this.known = new KnownJobs(jobs);
    this.watch = watch;
  }

  public List<Route> routes(Access admin) {
    return List.of(
        Route.post(Paths.JOBS, admin, this::submit).upTo(MAX_SUBMISSION),
        Route.get(Paths.JOBS, admin, this::list),
        Route.get(Paths.JOBS_RECENT, admin, this::list),
        Route.get(Paths.JOB, admin, this::show),
        Route.post(Paths.JOB_CANCEL, admin, this::cancel).upTo(1_024),
        Route.post(Paths.JOB_RETRY, admin, this::retry).upTo(1_024),
        Route.get(Paths.JOB_WHY, admin, this::why),
        Route.get(Paths.JOB_EVENTS, admin, this::events));
  }

  private Response submit(Request request) {
    var body = request.json(SubmitJob.class);
    var key = request.header("Idempotency-Key").orElse("");
    var accepted = intake.submit(body, Orgs.of(request), key, digest(request.body()));
    var view = Views.job(accepted.job(), List.of());
    return Response.json(accepted.fresh() ? 201 : 200, view)
        .with("Location", Paths.with(Paths.JOB, view.id()));
  }

  private Response list(Request request) {
    var org = Orgs.of(request);
    var filter =
        new JobFilter(
            words(request, "status"),
            words(request, "label"),
            request.query("metadata_key").orElse(""),
            request.query("metadata_value").orElse(""),
            request.query("after").orElse(""),
            request.query("limit", 50, 1, JobFilter.MAX_LIMIT));
    var page = jobs.list(org, filter);
    var views = page.jobs().stream().map(this::view).toList();
    return Response.json(
        200, new Items<JobView>(views, page.next().isEmpty() ? null : page.next()));
  }

  private Response show(Request request) {
    var job = find(request);
    return Response.json(200, Views.detail(job, known.attempts(job)));
  }

  private Response cancel(Request request) {
    var by = request.principal().subject();
    return Response.json(200, view(steering.cancel(Orgs.of(request), id(request), by)));
  }

  private Response retry(Request request) {
    return Response.json(200, view(steering.retry(Orgs.of(request), id(request))));
  }

  private Response why(Request request) {
    var job = find(request);
    var reason = reasons.of(job);
    return Response.json(
        200, new JobWhy(job.id().value(), reason.state(), reason.code(), reason.sentence()));
  }

  private Response events(Request request) {
    var job = find(request);
    return Response.events(new FollowedJob(jobs, watch, job.org(), job.id())::copy);
  }

  private Job find(Request request) {
    return known.find(Orgs.of(request), id(request));
  }

  private static JobId id(Request request) {
    return new JobId(request.param("id"));
  }

  private JobView view(Job job) {
    return Views.job(job, known.attempts(job));
  }

  private static List<String> words(Request request, String name) {
    return request.query(name).map(text -> Arrays.asList(text.split(","))).orElse(List.of());
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
