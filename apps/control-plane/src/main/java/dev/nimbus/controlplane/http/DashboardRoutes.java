package dev.nimbus.controlplane.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The web interface: files from the class path, the same for everybody; what they show comes from
 * the API, which asks who is there.
 */
public final class DashboardRoutes {
  private static final String ROOT = "/dashboard/";
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none';"
          + " form-action 'self'";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "txt", "text/plain; charset=utf-8");

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** Every page has one document; which page it is, the browser reads from the address. */
  public List<Route> routes() {
    var open = new Access.Open();
    return List.of(
        Route.get("/", open, _ -> page()),
        Route.get("/jobs", open, _ -> page()),
        Route.get("/jobs/{id}", open, _ -> page()),
        Route.get("/hosts", open, _ -> page()),
        Route.get("/signed-out", open, _ -> page()),
        Route.get("/assets/{path...}", open, this::asset));
  }

  private Response page() {
    return file("index.html");
  }

  private Response asset(Request request) {
    return file("assets/" + request.param("path"));
  }

  private Response file(String path) {
    var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null || path.contains("..")) {
      return missing(path);
    }
    return read(path)
        .map(bytes -> Response.bytes(200, type, bytes).with("Content-Security-Policy", POLICY))
        .orElseGet(() -> missing(path));
  }

  /** Only what exists is remembered, so memory is bounded by what is packaged. */
  private Optional<byte[]> read(String path) {
    var known = files.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    try (var in = DashboardRoutes.class.getResourceAsStream(ROOT + path)) {
      if (in == null) {
        return Optional.empty();
      }
      var bytes = in.readAllBytes();
      files.put(path, bytes);
      return Optional.of(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read page " + path, e);
    }
  }

  private static Response missing(String path) {
    return Response.problem(Kind.NOT_FOUND, "", "There is no page '" + path + "'");
  }
}
