package dev.nimbus.e2e.docs;

import dev.nimbus.service.token.Audience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every route, found by asking a running system which there are and who may call them. */
final class ApiPage {
  private static final String HEAD =
      """
      # HTTP API

      Made from a running system by `ReferenceTest`; do not edit.

      Bodies are JSON; errors are `application/problem+json` with a `code` programs may rely on. A token goes
      into `Authorization: Bearer …`; on the control plane a signed-in browser's cookie stands for an admin
      token. Every call is for the tenant of its token; a token for every tenant names another with `?org=`.
      "admin", "agent", "job" and "service" are the audiences a token can have; a scope behind one is needed
      too. A GET route answers HEAD as well. There is no version in the paths and no OpenAPI document yet.
      """;
  private static final Pattern ROUTE =
      Pattern.compile("nimbus_http_request_seconds_count\\{route=\"([^\"]+)\"}");
  private static final Pattern SCOPE = Pattern.compile("lacks the scope '([^']+)'");

  private final RunningSystem system;
  private final Caller caller;

  ApiPage(RunningSystem system, Caller caller) {
    this.system = system;
    this.caller = caller;
  }

  Page of(Tree tree) throws IOException, InterruptedException {
    var text = new StringBuilder(HEAD);
    for (var service : system.ports().entrySet()) {
      text.append("\n## ").append(titled(service.getKey())).append("\n\n");
      text.append(Page.head("method", "path", "who may call"));
      text.append(rows(service.getValue()));
    }
    return new Page(tree.file("docs/reference/http-api.md"), text.toString());
  }

  /** What a service says of itself to whoever watches it. */
  String exposition(int port) throws IOException, InterruptedException {
    return caller.call(port, "GET", "/metrics", RunningSystem.METRICS_TOKEN).body();
  }

  private String rows(int port) throws IOException, InterruptedException {
    var paths = new TreeSet<String>();
    ROUTE.matcher(exposition(port)).results().forEach(found -> paths.add(found.group(1)));
    paths.remove("/unmatched");
    var rows = new StringBuilder();
    for (var path : paths) {
      for (var method : methods(port, filled(path))) {
        var who = String.join(", ", who(port, method, filled(path)));
        rows.append(Page.row(List.of(method, Page.code(path), who)));
      }
    }
    return rows.toString();
  }

  private List<String> methods(int port, String path) throws IOException, InterruptedException {
    var refused = caller.call(port, "PATCH", path, "");
    var allowed = refused.headers().firstValue("Allow").orElseThrow().split(", ", -1);
    return Stream.of(allowed).filter(method -> !method.equals("HEAD")).toList();
  }

  private List<String> who(int port, String method, String path)
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
      var scope = SCOPE.matcher(answer.body());
      if (answer.statusCode() != 401 && answer.statusCode() != 403) {
        callers.add(audience.word());
      } else if (scope.find()) {
        callers.add(audience.word() + " (" + Page.code(scope.group(1)) + ")");
      }
    }
    return callers;
  }

  private static String filled(String pattern) {
    return pattern.replaceAll("\\{[a-z]+\\.\\.\\.}", "a/b").replaceAll("\\{[a-z]+}", "x-1");
  }

  private static String titled(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
