package dev.nimbus.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.service.metrics.Metrics;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  record Greeting(String name) {}

  @Test
  void aJsonBodyBecomesARecordAndARecordBecomesAJsonBody() throws Exception {
    var route =
        Route.post(
                "/greet",
                Access.open(),
                request -> Response.json(201, Map.of("hello", request.json(Greeting.class).name())))
            .takes(Greeting.class);
    try (var served = Served.with(route)) {
      var answer = served.post("/greet", "{\"name\":\"Ada\"}");

      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.body()).isEqualTo("{\"hello\":\"Ada\"}");
      assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }
  }

  @Test
  void anUnknownPropertyOfABodyIsInvalid() throws Exception {
    var route =
        Route.post("/greet", Access.open(), r -> Response.json(200, r.json(Greeting.class)))
            .takes(Greeting.class);
    try (var served = Served.with(route)) {
      var answer = served.post("/greet", "{\"name\":\"Ada\",\"nmae\":1}");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("\"kind\":\"invalid\"").contains("nmae");
      assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    }
  }

  @Test
  void everyKindOfFailureHasItsStatus() throws Exception {
    var route =
        Route.get(
            "/fail/{kind}",
            Access.open(),
            r -> {
              throw new NimbusException(Kind.valueOf(r.param("kind")), "Cannot do it");
            });
    var expected =
        Map.of(
            "INVALID",
            400,
            "DENIED",
            403,
            "NOT_FOUND",
            404,
            "CONFLICT",
            409,
            "EXHAUSTED",
            429,
            "UNAVAILABLE",
            503,
            "INTERNAL",
            500);
    try (var served = Served.with(route)) {
      for (var entry : expected.entrySet()) {
        var answer = served.get("/fail/" + entry.getKey());
        assertThat(answer.statusCode()).as(entry.getKey()).isEqualTo(entry.getValue());
      }
    }
  }

  @Test
  void aCoreValueThatRefusesItsTextIsInvalid() throws Exception {
    var route =
        Route.get("/orgs/{id}", Access.open(), r -> Response.json(200, new OrgId(r.param("id"))));
    try (var served = Served.with(route)) {
      var answer = served.get("/orgs/NOT_OK");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("Not a valid org id");
    }
  }

  @Test
  void anUnexpectedFailureShowsAnIdAndNothingElse() throws Exception {
    var route =
        Route.get(
            "/broken",
            Access.open(),
            _ -> {
              throw new IllegalStateException("the password is 1234");
            });
    try (var served = Served.with(route)) {
      var answer = served.get("/broken");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("e-").doesNotContain("1234");
    }
  }

  @Test
  void everyAnswerHasSecurityHeadersThatAResponseMayReplace() throws Exception {
    var plain = Route.get("/plain", Access.open(), _ -> Response.text(200, "text/plain", "x"));
    var page =
        Route.get(
            "/page",
            Access.open(),
            _ ->
                Response.text(200, "text/html", "x")
                    .with("Content-Security-Policy", "default-src 'self'")
                    .with("Cache-Control", "max-age=60"));
    try (var served = Served.with(plain, page)) {
      var headers = served.get("/plain").headers().map();
      assertThat(headers).containsEntry("x-content-type-options", List.of("nosniff"));
      assertThat(headers).containsEntry("cache-control", List.of("no-store"));

      var replaced = served.get("/page").headers().map();
      assertThat(replaced)
          .containsEntry("content-security-policy", List.of("default-src 'self'"))
          .containsEntry("cache-control", List.of("max-age=60"));
    }
  }

  @Test
  void aStreamedBodyArrivesWholeWithAndWithoutAKnownLength() throws Exception {
    var text = "0123456789".repeat(50_000);
    Response.Body body = to -> to.write(text.getBytes(StandardCharsets.UTF_8));
    var known =
        Route.get(
            "/known",
            Access.open(),
            _ -> Response.stream(200, "text/plain", OptionalLong.of(text.length()), body));
    var unknown =
        Route.get(
            "/unknown",
            Access.open(),
            _ -> Response.stream(200, "text/plain", OptionalLong.empty(), body));
    try (var served = Served.with(known, unknown)) {
      assertThat(served.get("/known").body()).isEqualTo(text);
      assertThat(served.get("/unknown").body()).isEqualTo(text);
    }
  }

  @Test
  void aStreamedBodyThatFailsHalfWayIsNotTakenForTheWhole() throws Exception {
    Response.Body body =
        to -> {
          to.write(new byte[100_000]);
          throw new IOException("disk gone");
        };
    var route =
        Route.get(
            "/half",
            Access.open(),
            _ -> Response.stream(200, "text/plain", OptionalLong.empty(), body));
    try (var served = Served.with(route)) {
      assertThatThrownBy(() -> served.get("/half")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void headIsAnsweredLikeGetWithoutTheBody() throws Exception {
    var route = Route.get("/thing", Access.open(), _ -> Response.text(200, "text/plain", "12345"));
    try (var served = Served.with(route)) {
      var answer = served.send(served.request("/thing").HEAD());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.headers().firstValue("content-length")).contains("5");
    }
  }

  @Test
  void unknownPathsAre404AndUnknownMethods405() throws Exception {
    var route = Route.get("/thing", Access.open(), _ -> Response.empty(204));
    try (var served = Served.with(route)) {
      assertThat(served.get("/other").statusCode()).isEqualTo(404);
      assertThat(served.get("/thing/").statusCode()).isEqualTo(404);
      var wrong = served.send(served.request("/thing").PUT(BodyPublishers.noBody()));
      assertThat(wrong.statusCode()).isEqualTo(405);
      assertThat(wrong.headers().firstValue("allow")).contains("GET");
    }
  }

  @Test
  void requestsAreCountedByRouteMethodAndStatus() throws Exception {
    var route = Route.get("/jobs/{id}", Access.open(), _ -> Response.empty(204));
    var served = Served.with(route);
    try (served) {
      served.get("/jobs/1");
      served.get("/jobs/2");
      served.get("/nowhere");
    }

    // A request is counted once its answer is out, and closing waits for that.
    assertThat(served.metrics.exposition())
        .contains(
            "nimbus_http_requests_total{method=\"GET\",route=\"/jobs/{id}\",status=\"204\"} 2.0")
        .contains("nimbus_http_request_seconds_count{route=\"/jobs/{id}\"} 2")
        .contains("status=\"404\"");
  }

  @Test
  void aTakenPortIsExplained() {
    try (var served = Served.with()) {
      var config = HttpConfig.of("127.0.0.1", served.server.port());

      assertThatThrownBy(() -> HttpServer.start(config, List.of(), Served.nobody(), new Metrics()))
          .isInstanceOf(NimbusException.class)
          .hasMessageStartingWith(
              "Cannot listen on 127.0.0.1:%d: address already in use"
                  .formatted(served.server.port()))
          .extracting(e -> ((NimbusException) e).kind())
          .isEqualTo(Kind.UNAVAILABLE);
    }
  }
}
