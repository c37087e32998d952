package dev.nimbus.controlplane.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.job.JobView;
import dev.nimbus.api.job.JobWhy;
import dev.nimbus.api.job.SubmitJob;
import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.intake.Intake;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Attempt;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.placement.WaitReason;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Jobs, as people and their tools ask for them and about them. */
public final class JobRoutes {
  private static final long MAX_SUBMISSION = 1 << 20;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Intake intake;
  private final Storage storage;
  private final Dispatch dispatch;
  private final JobWatch watch;
  private final Duration hostLostAfter;
  private final InstantSource time;

  public JobRoutes(
      Intake intake,
      Storage storage,
      Dispatch dispatch,
      JobWatch watch,
      Duration hostLostAfter,
      InstantSource time) {
    this.intake = intake;
    this.storage = storage;
    this.dispatch = dispatch;
    this.watch = watch;
    this.hostLostAfter = hostLostAfter;
    this.time = time;
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
    var page = storage.jobs().list(org, filter);
    var views = page.jobs().stream().map(this::view).toList();
    return Response.json(
        200, new Items<JobView>(views, page.next().isEmpty() ? null : page.next()));
  }

  private Response show(Request request) {
    var job = find(request);
    return Response.json(200, Views.detail(job, attempts(job)));
  }

  private Response cancel(Request request) {
    var job = find(request);
    var by = request.principal().subject();
    switch (storage.jobs().cancel(job.org(), job.id(), by, time.instant())) {
      case JobStore.Cancel.Cancelled _ -> watch.changed(job.id());
      case JobStore.Cancel.Asked _ -> {
        watch.changed(job.id());
        tellHost(find(request));
      }
      case JobStore.Cancel.AlreadyEnded _ -> {}
      case JobStore.Cancel.Unknown _ -> throw unknown(job.org(), job.id());
    }
    return Response.json(200, view(find(request)));
  }

  private Response retry(Request request) {
    var job = find(request);
    return switch (storage.jobs().retry(job.org(), job.id(), time.instant())) {
      case JobStore.Retry.Queued(var queued) -> {
        watch.changed(queued.id());
        dispatch.nudge();
        yield Response.json(200, view(queued));
      }
      case JobStore.Retry.NotEnded(var state) ->
          throw new NimbusException(
              Kind.CONFLICT,
              "not-ended",
              "Cannot retry job '%s': it is %s".formatted(job.id(), state));
      case JobStore.Retry.Full(var why) ->
          throw new NimbusException(
              Kind.EXHAUSTED, "queue-full", "Cannot retry job '%s': %s".formatted(job.id(), why));
      case JobStore.Retry.Unknown _ -> throw unknown(job.org(), job.id());
    };
  }

  private Response why(Request request) {
    var job = find(request);
    var standing = storage.jobs().standing(job.org(), job.id());
    if (standing.isEmpty()) {
      return Response.json(
          200, new JobWhy(job.id().value(), job.state().word(), job.state().word(), told(job)));
    }
    var hosts = storage.hosts().list(job.org());
    var reason = WaitReason.of(standing.get(), hosts, hostLostAfter, time.instant());
    var sentence = reason.sentence() + lastAttempt(job);
    return Response.json(
        200, new JobWhy(job.id().value(), "waiting", WaitReason.word(reason.code()), sentence));
  }

  /** What came of it so far, for a job that waits again. */
  private String lastAttempt(Job job) {
    var attempts = attempts(job);
    return attempts.isEmpty()
        ? ""
        : " Its last attempt, on host '%s', ended: %s"
            .formatted(attempts.getLast().host(), attempts.getLast().ending());
  }

  private Response events(Request request) {
    var first = find(request);
    return Response.events(
        sink -> {
          var seen = -1L;
          sink.onClose(() -> watch.changed(first.id()));
          while (!sink.closed()) {
            var mark = watch.mark(first.id());
            var job = storage.jobs().find(first.org(), first.id());
            if (job.isEmpty()) {
              return;
            }
            if (job.get().revision() != seen) {
              seen = job.get().revision();
              sink.send("job", Long.toString(seen), view(job.get()));
            }
            if (job.get().state() instanceof JobState.Ended) {
              return;
            }
            watch.await(first.id(), mark, LOOK_AGAIN);
          }
        });
  }

  private void tellHost(Job job) {
    switch (job.state()) {
      case JobState.Leased leased -> dispatch.wake(leased.host());
      case JobState.Running running -> dispatch.wake(running.host());
      case JobState.Waiting _, JobState.Ended _ -> {}
    }
  }

  private Job find(Request request) {
    var org = Orgs.of(request);
    var id = new JobId(request.param("id"));
    return storage.jobs().find(org, id).orElseThrow(() -> unknown(org, id));
  }

  private JobView view(Job job) {
    return Views.job(job, attempts(job));
  }

  private List<Attempt> attempts(Job job) {
    var never = job.fence().value() == 0;
    return never ? List.of() : storage.jobs().attempts(job.org(), job.id());
  }

  private static String told(Job job) {
    return switch (job.state()) {
      case JobState.Waiting _ -> "It waits.";
      case JobState.Leased leased -> "Host '%s' is starting it.".formatted(leased.host());
      case JobState.Running running -> "It runs on host '%s'.".formatted(running.host());
      case JobState.Ended(var outcome, _) ->
          outcome.reason().isEmpty()
              ? "It ended with exit code %d.".formatted(outcome.exitCode())
              : outcome.reason();
    };
  }

  private static NimbusException unknown(OrgId org, JobId id) {
    return new NimbusException(
        Kind.NOT_FOUND, "There is no job '%s' of tenant '%s'".formatted(id, org));
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
