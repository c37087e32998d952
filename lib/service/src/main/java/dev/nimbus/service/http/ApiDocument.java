package dev.nimbus.service.http;

import dev.nimbus.json.Json;
import dev.nimbus.json.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a service offers, in OpenAPI 3.1. Made of its routes when somebody first asks, and kept:
 * starting does not pay for it.
 */
public final class ApiDocument {
  private static final String PATH = "/api/openapi.json";
  private static final String HABITS =
      """
      Times are RFC 3339 in UTC, ids are opaque. What an answer lacks is left out, but for the \
      cursor of a list. Answers may gain fields; requests with fields this document does not know \
      are refused where it says so. Errors are problem details (RFC 9457) with a kind that says \
      what they mean for the caller and, where a program may want to tell more, a code. What can \
      be read with GET can be asked for with HEAD.\
      """;

  private final About about;
  private final List<Route> routes;
  private volatile byte @Nullable [] made;

  private ApiDocument(About about, List<Route> others) {
    this.about = about;
    this.routes = new ArrayList<>(others);
    this.routes.add(route());
  }

  /**
   * What a service says of itself.
   *
   * @param habits sentences about all its routes, after those about the routes of every service
   */
  public record About(String title, String version, String habits) {}

  /** The route that shows the document of these routes and of itself. */
  public static Route route(About about, List<Route> others) {
    return new ApiDocument(about, others).routes.getLast();
  }

  private Route route() {
    return Route.get(PATH, Access.open(), this::serve)
        .does("getDocument", "This document")
        .answersBytes(200, "application/json");
  }

  private Response serve(Request request) {
    var bytes = made;
    if (bytes == null) {
      bytes = (Json.pretty(document()) + "\n").getBytes(StandardCharsets.UTF_8);
      made = bytes;
    }
    return Response.bytes(200, "application/json", bytes);
  }

  private Map<String, Object> document() {
    var schemas = new Schemas("#/components/schemas/");
    var document = Json.object("openapi", "3.1.0", "info", info());
    document.put("paths", paths(schemas));
    var responses = Json.object("Problem", problem(schemas));
    var components = Json.object("schemas", schemas.records(), "responses", responses);
    components.put("securitySchemes", Security.schemes());
    document.put("components", components);
    return document;
  }

  private Map<String, Object> info() {
    var info = Json.object("title", about.title(), "version", about.version());
    info.put("description", (HABITS + " " + about.habits()).strip());
    info.put("license", Json.object("name", "Apache-2.0", "identifier", "Apache-2.0"));
    return info;
  }

  private static Map<String, Object> problem(Schemas schemas) {
    var schema = Json.object("schema", schemas.open(Problems.Problem.class, List.of()));
    var content = Json.object(Problems.TYPE, schema);
    return Json.object("description", "What went wrong", "content", content);
  }

  private Map<String, Map<String, Object>> paths(Schemas schemas) {
    var paths = new TreeMap<String, Map<String, Object>>();
    var ids = new HashSet<String>();
    for (var route : routes) {
      if (route.operation().id().isEmpty() || !ids.add(route.operation().id())) {
        throw new IllegalStateException(
            "Route %s %s has no name of its own: '%s'"
                .formatted(route.method(), route.pattern(), route.operation().id()));
      }
      paths
          .computeIfAbsent(route.pattern().replace("...}", "}"), _ -> new TreeMap<>())
          .put(route.method().toLowerCase(Locale.ROOT), new Told(route, schemas).all());
    }
    return paths;
  }
}
