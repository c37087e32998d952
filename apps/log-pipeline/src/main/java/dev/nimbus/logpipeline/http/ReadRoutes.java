package dev.nimbus.logpipeline.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.log.Found;
import dev.nimbus.core.log.Line;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.log.LogQuery.Scope;
import dev.nimbus.core.log.LogStore;
import dev.nimbus.core.log.Position;
import dev.nimbus.logpipeline.follow.FollowedLog;
import dev.nimbus.logpipeline.follow.Watchers;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Parameter;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.time.SystemTime;
import dev.nimbus.service.token.Audience;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Answers questions about lines, and sends them on as they come. */
public final class ReadRoutes {
  private static final Parameter<String> AFTER =
      Parameter.text(
          "after",
          "Only lines after this place: attempt.sequence in a job, or what the page before gave as"
              + " next.",
          1_000);
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

  private final LogStore store;
  private final Watchers watchers;
  private final PipelineMetrics metrics;

  public ReadRoutes(LogStore store, Watchers watchers, PipelineMetrics metrics) {
    this.store = store;
    this.watchers = watchers;
    this.metrics = metrics;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
                Paths.LOGS_QUERY,
                Access.bearer(Audience.ADMIN, Audience.SERVICE, Audience.JOB),
                this::query)
            .does("queryLines", "Search the lines of a job, or of every job of the tenant")
            .asks(Callers.ORG, Callers.JOB_ID, AFTER, CONTAINS, LEVEL, FROM, UNTIL, LIMIT)
            .answers(200, Items.class, LogLine.class),
        Route.get(Paths.LOGS_STREAM, Access.bearer(Audience.ADMIN, Audience.SERVICE), this::stream)
            .does("followLines", "Follow the log of a job, without end")
            .asks(Callers.ORG, Callers.JOB_ID, AFTER, LAST_EVENT_ID)
            .answersEvents(Map.of("line", LogLine.class))
            .refuses(Kind.EXHAUSTED));
  }

  /**
   * A page of lines. With a {@code next}, there may be more: the page is full, or, when it is
   * shorter than asked for, the search has looked at as much as one request may.
   */
  private Response query(Request request) {
    var org = Callers.org(request);
    var query = asked(request);
    var began = SystemTime.nanos();
    var found = store.read(org, query);
    metrics.queried(query.job().isPresent() ? "job" : "tenant", (SystemTime.nanos() - began) / 1e9);
    var lines = found.lines().stream().map(Wire::sent).toList();
    return Response.json(
        200,
        switch (found.rest()) {
          case Found.Rest.Nothing() -> new Items<>(lines, null);
          case Found.Rest.More(var scope, _) -> new Items<>(lines, cursor(scope));
        });
  }

  private Response stream(Request request) {
    var org = Callers.org(request);
    var job =
        Callers.job(request)
            .orElseThrow(
                () -> new NimbusException(Kind.INVALID, "Cannot follow: 'job_id' is missing"));
    var last = request.value(LAST_EVENT_ID);
    var from = position(last.isEmpty() ? request.value(AFTER) : last);
    var log = new FollowedLog(store, org, job, from);
    watchers.requireRoom(org);
    return Response.events(
        sink -> {
          try (var watch = watchers.watch(org, job)) {
            log.copy(watch, sink, Wire::sent);
          }
        });
  }

  private static LogQuery asked(Request request) {
    var after = request.value(AFTER);
    Scope scope =
        Callers.job(request)
            .<Scope>map(job -> new Scope.OneJob(job, position(after)))
            .orElseGet(() -> new Scope.Everything(after));
    return new LogQuery(
        scope,
        request.value(CONTAINS),
        request.value(LEVEL),
        request.value(FROM),
        request.value(UNTIL),
        request.value(LIMIT));
  }

  private static Position position(String text) {
    return text.isEmpty() ? Position.START : Position.parse(text);
  }

  private static String cursor(Scope scope) {
    return switch (scope) {
      case Scope.OneJob(_, var after) -> after.toString();
      case Scope.Everything(var after) -> after;
    };
  }
}
