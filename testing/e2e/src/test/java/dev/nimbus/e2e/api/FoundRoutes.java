package dev.nimbus.e2e.api;

import dev.nimbus.service.token.Audience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which routes a running service has and who may call them, found without its document: it counts
 * requests by route, says which methods a path has, and lets callers in or not.
 */
final class FoundRoutes {
  private static final Pattern ROUTE =
      Pattern.compile("nimbus_http_request_seconds_count\\{route=\"([^\"]+)\"}");
  private static final Pattern SCOPE = Pattern.compile("lacks the scope '([^']+)'");

  private final Caller caller;
  private final int port;

  FoundRoutes(Caller caller, int port) {
    this.caller = caller;
    this.port = port;
  }

  /** Each as method, path and callers. */
  List<String> all() throws IOException, InterruptedException {
    var found = new ArrayList<String>();
    for (var pattern : patterns()) {
      for (var method : methods(filled(pattern))) {
        var shown = pattern.replace("...}", "}");
        found.add(method + " " + shown + " " + callers(method, filled(pattern)));
      }
    }
    return found;
  }

  private Set<String> patterns() throws IOException, InterruptedException {
    var exposition = caller.call(port, "GET", "/metrics", RunningSystem.METRICS_TOKEN).body();
    var patterns = new TreeSet<String>();
    ROUTE.matcher(exposition).results().forEach(found -> patterns.add(found.group(1)));
    patterns.remove("/unmatched");
    return patterns;
  }

  private List<String> methods(String path) throws IOException, InterruptedException {
    var refused = caller.call(port, "PATCH", path, "");
    return List.of(refused.headers().firstValue("Allow").orElseThrow().split(", ", -1));
  }

  private List<String> callers(String method, String path)
      throws IOException, InterruptedException {
    if (caller.call(port, method, path, "").statusCode() != 401) {
      return List.of("anybody");
    }
    if (caller.call(port, method, path, RunningSystem.METRICS_TOKEN).statusCode() != 401) {
      return List.of("monitoring");
    }
    var callers = new ArrayList<String>();
    for (var audience : Audience.values()) {
      var answer = caller.call(port, method, path, caller.token(audience));
      var scope = SCOPE.matcher(refusal(method, path, answer.body(), audience));
      if (scope.find()) {
        callers.add(audience.word() + " " + scope.group(1));
      } else if (answer.statusCode() != 401 && answer.statusCode() != 403) {
        callers.add(audience.word());
      }
    }
    return callers;
  }

  /** What a caller is told; an answer to HEAD has no body, but GET of the same path has. */
  private String refusal(String method, String path, String body, Audience audience)
      throws IOException, InterruptedException {
    return method.equals("HEAD")
        ? caller.call(port, "GET", path, caller.token(audience)).body()
        : body;
  }

  private static String filled(String pattern) {
    return Stream.of(pattern.split("/", -1))
        .map(part -> part.endsWith("...}") ? "a/b" : part.startsWith("{") ? "x-1" : part)
        .reduce((some, more) -> some + "/" + more)
        .orElseThrow();
  }
}
