package dev.nimbus.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.service.config.Secret;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.token.Audience;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who may call what. */
class AccessTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final Handler handler =
      r -> {
        calls.incrementAndGet();
        return Response.text(200, "text/plain", r.principal().subject());
      };

  @Test
  void aRouteForATokenIsClosedToEverybodyElse() throws Exception {
    try (var served = Served.with(Route.get("/x", Access.bearer(Audience.ADMIN), handler))) {
      assertThat(served.get("/x").statusCode()).isEqualTo(401);
      assertThat(served.get("/x").headers().firstValue("www-authenticate")).isPresent();
      assertThat(status(served, "Bearer nonsense")).isEqualTo(401);
      assertThat(status(served, "Basic YTpi")).isEqualTo(401);
      assertThat(status(served, "Bearer job:any")).isEqualTo(403);
      assertThat(calls).hasValue(0);
      assertThat(status(served, "bearer admin:any")).isEqualTo(200);
    }
  }

  @Test
  void aScopeIsNeededWhereTheRouteNamesOne() throws Exception {
    var route = Route.get("/x", Access.bearer(Audience.JOB, "cache:read"), handler);
    try (var served = Served.with(route)) {
      assertThat(status(served, "Bearer job:cache:write")).isEqualTo(403);
      assertThat(status(served, "Bearer job:cache:read")).isEqualTo(200);
      assertThat(status(served, "Bearer job:*")).isEqualTo(200);
    }
  }

  @Test
  void whoIsCheckedBeforeWhat() throws Exception {
    var route = Route.post("/x", Access.bearer(Audience.ADMIN), handler).upTo(1);
    try (var served = Served.with(route)) {
      assertThat(served.post("/x", "far too long").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aCookieIsAsGoodAsATokenForReading() throws Exception {
    try (var served = Served.with(Route.get("/x", Access.bearer(Audience.ADMIN), handler))) {
      var good = served.request("/x").header("Cookie", "a=b; session=good");
      var bad = served.request("/x").header("Cookie", "session=bad");

      assertThat(served.send(good).body()).isEqualTo("browser");
      assertThat(served.send(bad).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aCookieChangesSomethingOnlyFromOurOwnPages() throws Exception {
    try (var served = Served.with(Route.post("/x", Access.bearer(Audience.ADMIN), handler))) {
      var own = "http://127.0.0.1:" + served.server.port();

      assertThat(posted(served, "Sec-Fetch-Site", "same-origin")).isEqualTo(200);
      assertThat(posted(served, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
      assertThat(posted(served, "Origin", own)).isEqualTo(200);
      assertThat(posted(served, "Origin", "http://evil.example")).isEqualTo(403);
      assertThat(posted(served, "X-Other", "nothing said")).isEqualTo(403);
    }
  }

  @Test
  void metricsNeedTheirTokenOrAClientOnThisMachine() throws Exception {
    var open = HttpConfig.of("127.0.0.1", 0);
    var routes = Probes.routes(new Metrics(), Map.of("db", Optional::empty)).toArray(Route[]::new);
    try (var served = Served.with(open, routes)) {
      assertThat(served.get("/metrics").body()).contains("process_uptime_seconds");
      var forwarded = served.request("/metrics").header("X-Forwarded-For", "10.0.0.1");
      assertThat(served.send(forwarded).statusCode()).isEqualTo(403);
    }
    try (var served = Served.with(open.withMetricsToken(new Secret("s3cret")), routes)) {
      assertThat(served.get("/metrics").statusCode()).isEqualTo(401);
      var right = served.request("/metrics").header("Authorization", "Bearer s3cret");
      assertThat(served.send(right).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void readinessNamesWhatFailedButNotWhy() throws Exception {
    var routes =
        Probes.routes(
            new Metrics(), Map.of("db", () -> Optional.of("password wrong for 10.1.2.3")));
    try (var served = Served.with(routes.toArray(Route[]::new))) {
      var answer = served.get("/readyz");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"db\":\"failed\"").doesNotContain("10.1.2.3");
      assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  private static int status(Served served, String authorization) throws Exception {
    return served.send(served.request("/x").header("Authorization", authorization)).statusCode();
  }

  private static int posted(Served served, String header, String value) throws Exception {
    return served
        .send(
            served
                .request("/x")
                .header("Cookie", "session=good")
                .header(header, value)
                .POST(BodyPublishers.noBody()))
        .statusCode();
  }
}
