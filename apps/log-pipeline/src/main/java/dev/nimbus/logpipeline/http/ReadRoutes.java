package dev.nimbus.logpipeline.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
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
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.time.SystemTime;
import dev.nimbus.service.token.Audience;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Answers questions about lines, and sends them on as they come. */
public final class ReadRoutes {
  private static final int USUAL_LINES = 1_000;

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
            this::query),
        Route.get(
            Paths.LOGS_STREAM, Access.bearer(Audience.ADMIN, Audience.SERVICE), this::stream));
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
    var from = request.header("Last-Event-ID").or(() -> request.query("after")).orElse("");
    var log = new FollowedLog(store, org, job, position(from));
    watchers.requireRoom(org);
    return Response.events(
        sink -> {
          try (var watch = watchers.watch(org, job)) {
            log.copy(watch, sink, Wire::sent);
          }
        });
  }

  private static LogQuery asked(Request request) {
    var after = request.query("after").orElse("");
    Scope scope =
        Callers.job(request)
            .<Scope>map(job -> new Scope.OneJob(job, position(after)))
            .orElseGet(() -> new Scope.Everything(after));
    return new LogQuery(
        scope,
        request.query("contains").orElse(""),
        text(request, "level").isEmpty() ? Line.Level.DEBUG : Wire.level(text(request, "level")),
        time(request, "from", Instant.MIN),
        time(request, "until", Instant.MAX),
        request.query("limit", USUAL_LINES, 1, LogQuery.MAX_LIMIT));
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

  private static Instant time(Request request, String name, Instant otherwise) {
    var text = text(request, name);
    try {
      return text.isEmpty() ? otherwise : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new NimbusException(
          Kind.INVALID,
          "'%s' is '%s', not a time such as 2026-11-22T12:00:00Z".formatted(name, text),
          e);
    }
  }

  private static String text(Request request, String name) {
    return request.query(name).orElse("");
  }
}
