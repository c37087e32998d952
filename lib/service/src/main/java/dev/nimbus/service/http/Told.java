package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.json.Json;
import dev.nimbus.json.Schemas;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One route as an OpenAPI document tells it. */
final class Told {
  private static final String JSON = "application/json";

  private final Route route;
  private final Operation operation;
  private final Schemas schemas;

  Told(Route route, Schemas schemas) {
    this.route = route;
    this.operation = route.operation();
    this.schemas = schemas;
  }

  Map<String, Object> all() {
    var told = Json.object("operationId", operation.id(), "summary", operation.summary());
    told.put("security", Security.of(route.access()));
    var parameters = parameters();
    if (!parameters.isEmpty()) {
      told.put("parameters", parameters);
    }
    switch (operation.body()) {
      case Body.None _ -> {}
      case Body.Json(var type, var strict) ->
          told.put("requestBody", body(JSON, Json.object("schema", taken(type, strict))));
      case Body.Bytes(var mediaType) -> told.put("requestBody", body(mediaType, Json.object()));
    }
    told.put("responses", responses());
    return told;
  }

  private List<Map<String, Object>> parameters() {
    var all = new ArrayList<Map<String, Object>>();
    for (var part : route.pattern().split("/", -1)) {
      if (part.startsWith("{")) {
        all.add(placeholder(part.substring(1, part.length() - 1)));
      }
    }
    operation.parameters().forEach(parameter -> all.add(parameter(parameter)));
    return all;
  }

  private static Map<String, Object> placeholder(String name) {
    var rest = name.endsWith("...");
    var told = Json.object("name", name.replace("...", ""), "in", "path", "required", true);
    if (rest) {
      told.put("description", "Everything that follows, slashes included.");
    }
    told.put("schema", Json.object("type", "string"));
    return told;
  }

  private static Map<String, Object> parameter(Parameter<?> parameter) {
    var told = Json.object("name", parameter.name());
    told.put("in", parameter.place().name().toLowerCase(Locale.ROOT));
    told.put("description", parameter.meaning());
    told.put("schema", parameter.schema());
    if ("array".equals(parameter.schema().get("type"))) {
      told.put("explode", false);
    }
    return told;
  }

  private Map<String, Object> taken(Class<?> type, boolean strict) {
    return strict ? schemas.closed(type) : schemas.open(type, List.of());
  }

  private Map<String, Object> body(String mediaType, Map<String, Object> content) {
    var body = Json.object("description", "At most " + route.maxBodyBytes() + " bytes.");
    body.put("required", true);
    body.put("content", Json.object(mediaType, content));
    return body;
  }

  private Map<String, Object> responses() {
    var responses = new TreeMap<String, Object>();
    failures().forEach((status, kind) -> responses.put(status.toString(), problem(kind)));
    successes()
        .forEach((status, content) -> responses.put(status.toString(), response(status, content)));
    responses.put("default", problem("any other kind"));
    return responses;
  }

  private Map<Integer, Map<String, Object>> successes() {
    var contents = new TreeMap<Integer, Map<String, Object>>();
    for (var answer : operation.answers()) {
      contents
          .computeIfAbsent(answer.status(), _ -> Json.object())
          .putAll(content(answer.content()));
    }
    return contents;
  }

  private Map<Integer, String> failures() {
    var failures = new TreeMap<Integer, String>();
    var open = route.access() instanceof Access.Open;
    for (var kind : operation.refusals()) {
      var unknown = open && kind == Kind.DENIED;
      failures.put(Problems.status(kind, unknown ? "bad-signature" : ""), word(kind));
    }
    if (!open) {
      failures.put(401, word(Kind.DENIED));
      failures.put(403, word(Kind.DENIED));
    }
    if (route.maxBodyBytes() > 0) {
      failures.put(413, word(Kind.EXHAUSTED));
    }
    if (route.maxBodyBytes() > 0 || !parameters().isEmpty()) {
      failures.put(400, word(Kind.INVALID));
    }
    return failures;
  }

  private static Map<String, Object> problem(String description) {
    return Json.object("$ref", "#/components/responses/Problem", "description", description);
  }

  private static Map<String, Object> response(int status, Map<String, Object> content) {
    var response = Json.object("description", Status.create(status).reasonPhrase());
    if (!content.isEmpty()) {
      response.put("content", content);
    }
    return response;
  }

  private Map<String, Object> content(Answer.Content content) {
    return switch (content) {
      case Answer.Nothing _ -> Json.object();
      case Answer.Bytes(var mediaType) -> Json.object(mediaType, Json.object());
      case Answer.Json(var type, var arguments) ->
          Json.object(JSON, Json.object("schema", schemas.open(type, arguments)));
      case Answer.Events(var types) -> Json.object("text/event-stream", events(types));
    };
  }

  private Map<String, Object> events(Map<String, Class<?>> types) {
    var data = new TreeMap<String, Object>();
    types.forEach((name, type) -> data.put(name, schemas.open(type, List.of())));
    return Json.object("schema", Json.object("type", "string"), "x-events", data);
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
