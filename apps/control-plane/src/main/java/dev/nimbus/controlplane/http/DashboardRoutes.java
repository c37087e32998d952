package dev.nimbus.controlplane.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.dashboard.DashboardFile;
import dev.nimbus.dashboard.DashboardFiles;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.util.List;

/**
 * The web interface: the same files for everybody; what they show comes from the API, which asks
 * who is there.
 */
public final class DashboardRoutes {
  private final DashboardFiles files = new DashboardFiles();

  /** Every page has one document; which page it is, the browser reads from the address. */
  public List<Route> routes() {
    var open = Access.open();
    return List.of(
        Route.get("/", open, this::file),
        Route.get("/jobs", open, this::file),
        Route.get("/jobs/{id}", open, this::file),
        Route.get("/hosts", open, this::file),
        Route.get("/assets/{path...}", open, this::file));
  }

  private Response file(Request request) {
    return files
        .find(request.path())
        .map(file -> sent(request, file))
        .orElseGet(
            () ->
                Response.problem(Kind.NOT_FOUND, "", "There is no file '" + request.path() + "'"));
  }

  private static Response sent(Request request, DashboardFile file) {
    var known = request.header("If-None-Match").filter(file.etag()::equals).isPresent();
    var response =
        known ? Response.empty(304) : Response.bytes(200, file.contentType(), file.body());
    for (var header : DashboardFiles.headers().entrySet()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response.with("ETag", file.etag());
  }
}
