package dev.nimbus.logpipeline.http;

import dev.nimbus.api.Paths;
import dev.nimbus.api.log.LogBatch;
import dev.nimbus.api.log.LogReceipt;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.log.LogStore;
import dev.nimbus.logpipeline.follow.Watchers;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.time.SystemTime;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.Principal;

/** Takes lines of the job whose token it is, and of the attempt it was made for. */
public final class AppendRoute {
  private static final long MAX_BODY_BYTES = 8 << 20;
  private static final String SCOPE = "logs:write";

  private final LogStore store;
  private final Watchers watchers;
  private final PipelineMetrics metrics;
  private final Turns turns = new Turns();

  public AppendRoute(LogStore store, Watchers watchers, PipelineMetrics metrics) {
    this.store = store;
    this.watchers = watchers;
    this.metrics = metrics;
  }

  public Route route() {
    return Route.post(Paths.LOGS, Access.bearer(Audience.JOB, SCOPE), this::append)
        .does("appendLines", "Store lines of a job, each once however often it is sent")
        .takesAlsoNewer(LogBatch.class)
        .upTo(MAX_BODY_BYTES)
        .answers(200, LogReceipt.class)
        .refuses(Kind.EXHAUSTED);
  }

  private Response append(Request request) {
    var org = request.principal().org();
    var lease = Callers.binding(request);
    try (var _ = turns.take(org, lease.job())) {
      return append(org, lease, request.json(LogBatch.class));
    }
  }

  private Response append(OrgId org, Principal.Job lease, LogBatch sent) {
    checkBinding(sent, lease);
    var batch = Wire.kept(sent, lease);
    var began = SystemTime.nanos();
    var appended = store.append(org, batch);
    metrics.appended(batch, appended, (SystemTime.nanos() - began) / 1e9);
    if (appended.stored() > 0) {
      watchers.tell(org, lease.job());
    }
    var last = appended.last();
    return Response.json(200, new LogReceipt(last.attempt().value(), last.sequence()));
  }

  private static void checkBinding(LogBatch sent, Principal.Job lease) {
    if (!lease.job().value().equals(sent.job())) {
      throw Callers.denied(
          "Cannot store lines of another job: the token is for '" + lease.job() + "'");
    }
    if (lease.fence().value() != sent.attempt()) {
      throw Callers.denied(
          "Cannot store lines of attempt %d of job '%s': the token is for attempt %s"
              .formatted(sent.attempt(), lease.job(), lease.fence()));
    }
  }
}
