package dev.nimbus.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.error.Kind;
import dev.nimbus.json.Meaning;
import dev.nimbus.service.token.Audience;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each document is compared as a whole but for what every one of them has. */
class ApiDocumentTest {
  private static final ApiDocument.About ABOUT = new ApiDocument.About("A shop", "1", "Be kind.");
  private static final Handler HANDLER = _ -> Response.empty(204);

  record Order(String thing) {}

  record Receipt(String id) {}

  @Test
  void aRouteIsShownWithAllItSays() throws Exception {
    var route =
        Route.post("/shops/{shop}/orders", Access.bearer(Audience.JOB, "buy"), HANDLER)
            .does("placeOrder", "Order a thing")
            .asks(Parameter.number("count", "How many.", 1, 1, 9))
            .takes(Order.class)
            .upTo(100)
            .creates(Receipt.class)
            .refuses(Kind.EXHAUSTED);

    assertThat(document(route))
        .contains("\"title\":\"A shop\"", "Be kind.")
        .contains(
            compact(
                """
                "/shops/{shop}/orders": {
                  "post": {
                    "operationId": "placeOrder",
                    "summary": "Order a thing",
                    "security": [{"token": ["job", "buy"]}],
                    "parameters": [
                      {"name": "shop", "in": "path", "required": true,
                       "schema": {"type": "string"}},
                      {"name": "count", "in": "query", "description": "How many.",
                       "schema": {"type": "integer", "minimum": 1, "maximum": 9, "default": 1}},
                      {"name": "Idempotency-Key", "in": "header",
                """))
        .contains(
            compact(
                """
                    "requestBody": {
                      "description": "At most 100 bytes.",
                      "required": true,
                      "content": {"application/json":
                        {"schema": {"$ref": "#/components/schemas/Order"}}}
                    },
                    "responses": {
                      "200": {"description": "OK", "content": {"application/json":
                        {"schema": {"$ref": "#/components/schemas/Receipt"}}}},
                      "201": {"description": "Created", "content": {"application/json":
                        {"schema": {"$ref": "#/components/schemas/Receipt"}}}},
                      "400": {"$ref": "#/components/responses/Problem", "description": "invalid"},
                      "401": {"$ref": "#/components/responses/Problem", "description": "denied"},
                      "403": {"$ref": "#/components/responses/Problem", "description": "denied"},
                      "409": {"$ref": "#/components/responses/Problem",
                        "description": "conflict"},
                      "413": {"$ref": "#/components/responses/Problem",
                        "description": "exhausted"},
                      "429": {"$ref": "#/components/responses/Problem",
                        "description": "exhausted"},
                      "default": {"$ref": "#/components/responses/Problem",
                        "description": "any other kind"}
                    }
                  }
                }
                """));
  }

  @Test
  void bytesEventsAndTheRestOfAPathAreShown() throws Exception {
    var read =
        Route.get("/files/{name...}", Access.open(), HANDLER)
            .does("readFile", "Read or follow a file")
            .answersBytes(200, "text/html")
            .answersEvents(Map.of("line", Order.class, "end", Receipt.class))
            .answers(304);
    var write =
        Route.put("/files/{name...}", Access.probe(), HANDLER)
            .does("writeFile", "Write a file")
            .takesBytes("text/html")
            .answers(201);

    assertThat(document(read, write))
        .contains(
            compact(
                """
                "/files/{name}": {
                  "get": {
                    "operationId": "readFile",
                    "summary": "Read or follow a file",
                    "security": [],
                    "parameters": [
                      {"name": "name", "in": "path", "required": true,
                       "description": "Everything that follows, slashes included.",
                       "schema": {"type": "string"}}],
                    "responses": {
                      "200": {"description": "OK", "content": {
                        "text/html": {},
                        "text/event-stream": {
                          "schema": {"type": "string"},
                          "x-events": {
                            "end": {"$ref": "#/components/schemas/Receipt"},
                            "line": {"$ref": "#/components/schemas/Order"}}}}},
                      "304": {"description": "Not Modified"},
                """))
        .contains(compact("\"security\": [{\"metrics_token\": []}]"))
        .contains(compact("\"content\": {\"text/html\": {}}"));
  }

  @Test
  void theDocumentShowsItself() throws Exception {
    assertThat(document()).contains("\"/api/openapi.json\":{\"get\":{");
  }

  @Test
  void aRouteThatSaysNothingOrWhatAnotherSaysCannotBeShown() throws Exception {
    var silent = Route.get("/silent", Access.open(), HANDLER);
    var one = Route.get("/one", Access.open(), HANDLER).does("same", "x");
    var other = Route.get("/other", Access.open(), HANDLER).does("same", "y");

    try (var served = Served.with(ApiDocument.route(ABOUT, List.of(silent)))) {
      assertThat(served.get("/api/openapi.json").statusCode()).isEqualTo(500);
    }
    try (var served = Served.with(ApiDocument.route(ABOUT, List.of(one, other)))) {
      assertThat(served.get("/api/openapi.json").statusCode()).isEqualTo(500);
    }
  }

  @Test
  void aProblemIsOfOneOfTheKindsThereAre() {
    var kind =
        Stream.of(Problems.Problem.class.getRecordComponents())
            .filter(component -> component.getName().equals("kind"))
            .findFirst()
            .orElseThrow();

    assertThat(kind.getAnnotation(Meaning.class).words())
        .containsExactly(
            Stream.of(Kind.values())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new));
  }

  private static String document(Route... routes) throws Exception {
    try (var served = Served.with(ApiDocument.route(ABOUT, List.of(routes)))) {
      var answer = served.get("/api/openapi.json");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(served.get("/api/openapi.json").body()).isEqualTo(answer.body());
      return compact(answer.body());
    }
  }

  /** Without the spaces that lay a document out. */
  private static String compact(String json) {
    return json.strip().replaceAll("\\s*\\n\\s*", "").replaceAll("\\s*([\\[\\]{}:,])\\s*", "$1");
  }
}
