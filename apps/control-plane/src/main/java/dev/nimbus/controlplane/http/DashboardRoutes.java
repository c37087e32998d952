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
    return List.of(
        page("/").does("showOverview", "The dashboard"),
        page("/jobs").does("showJobs", "The dashboard's list of jobs"),
        page("/jobs/{id}").does("showJob", "The dashboard's page of a job"),
        page("/hosts").does("showHosts", "The dashboard's list of hosts"),
        Route.get("/assets/{path...}", Access.open(), this::file)
            .does("getAsset", "A file the dashboard is made of")
            .answersBytes(200, "*/*")
            .answers(304)
            .refuses(Kind.NOT_FOUND));
  }

  private Route page(String path) {
    return Route.get(path, Access.open(), this::file).answersBytes(200, "text/html").answers(304);
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
