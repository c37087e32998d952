package dev.nimbus.e2e.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nimbus.api.Items;
import dev.nimbus.api.ServiceStatus;
import dev.nimbus.api.host.HostView;
import dev.nimbus.api.job.JobView;
import dev.nimbus.api.job.JobWhy;
import dev.nimbus.dashboard.DashboardFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The real files of the dashboard over a control plane made of memory and plain processes. */
final class FakeSite implements Site {
  static final String HOST = "box-1";
  private static final String SESSION = "nimbus_session=known";

  private final DashboardFiles files = new DashboardFiles();
  private final ConcurrentSkipListMap<String, FakeJob> jobs = new ConcurrentSkipListMap<>();
  private final Set<String> codes = ConcurrentHashMap.newKeySet();
  private final AtomicInteger names = new AtomicInteger();
  private final InstantSource time = InstantSource.system();
  private final HttpServer server;

  private FakeSite(HttpServer server) {
    this.server = server;
  }

  static FakeSite start() throws IOException {
    var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var site = new FakeSite(HttpServer.create(local, 0));
    site.server.createContext("/", site::answer);
    site.server.setExecutor(task -> Thread.ofVirtual().start(task));
    site.server.start();
    return site;
  }

  @Override
  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public URI signInLink() {
    var code = "code-" + names.incrementAndGet();
    codes.add(code);
    return base().resolve("/sign-in?code=" + code);
  }

  @Override
  public String submit(List<String> command, List<String> labels) {
    var id = "j-%04d".formatted(names.incrementAndGet());
    var job = new FakeJob(id, command, labels, time);
    jobs.put(id, job);
    job.start();
    return id;
  }

  @Override
  public void close() {
    jobs.values().forEach(FakeJob::stop);
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    try (exchange) {
      DashboardFiles.headers().forEach(exchange.getResponseHeaders()::set);
      switch (path) {
        case "/sign-in" -> signIn(exchange);
        case "/sign-out" -> signOut(exchange);
        default -> {
          if (path.equals("/status")) {
            api(exchange, new String[] {"status"});
          } else if (path.startsWith("/api/")) {
            api(exchange, path.substring("/api/".length()).split("/"));
          } else {
            file(exchange, path);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void api(HttpExchange exchange, String[] path) throws IOException, InterruptedException {
    if (!String.valueOf(exchange.getRequestHeaders().getFirst("Cookie")).contains(SESSION)) {
      FakeReply.problem(exchange, 401, "denied", "Nobody is signed in.");
      return;
    }
    switch (String.join("/", path)) {
      case "orgs" ->
          FakeReply.json(exchange, 200, new Items<>(List.of(Map.of("id", "default")), null));
      case "status" -> FakeReply.json(exchange, 200, status());
      case "hosts" -> FakeReply.json(exchange, 200, new Items<>(List.of(host()), null));
      case "jobs" -> FakeReply.json(exchange, 200, new Items<>(newestFirst(), null));
      default -> job(exchange, path);
    }
  }

  private void job(HttpExchange exchange, String[] path) throws IOException, InterruptedException {
    var job = path.length > 1 ? jobs.get(path[1]) : null;
    if (job == null) {
      FakeReply.problem(exchange, 404, "not_found", "No job '" + path[path.length - 1] + "'.");
      return;
    }
    switch (path.length == 2 ? "" : path[2]) {
      case "" -> FakeReply.json(exchange, 200, job.detail());
      case "why" -> FakeReply.json(exchange, 200, why(job.view()));
      case "events" -> FakeStream.events(exchange, job);
      case "logs" -> FakeStream.log(exchange, job);
      case "cancel" -> {
        job.cancel();
        FakeReply.json(exchange, 200, job.view());
      }
      case "retry" -> {
        job.retry();
        FakeReply.json(exchange, 200, job.view());
      }
      default -> FakeReply.problem(exchange, 404, "not_found", "No such call.");
    }
  }

  private void signIn(HttpExchange exchange) throws IOException {
    var known = codes.remove(exchange.getRequestURI().getQuery().substring("code=".length()));
    if (known) {
      exchange.getResponseHeaders().set("Set-Cookie", SESSION + "; HttpOnly; SameSite=Strict");
    }
    exchange.getResponseHeaders().set("Location", known ? "/" : "/?sign-in=refused");
    exchange.sendResponseHeaders(303, -1);
  }

  private static void signOut(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Set-Cookie", "nimbus_session=; Max-Age=0");
    exchange.sendResponseHeaders(204, -1);
  }

  private void file(HttpExchange exchange, String path) throws IOException {
    var file = files.find(path);
    if (file.isEmpty()) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    FakeReply.send(exchange, 200, file.orElseThrow().contentType(), file.orElseThrow().body());
  }

  private List<JobView> newestFirst() {
    return jobs.descendingMap().values().stream().map(FakeJob::view).toList();
  }

  private ServiceStatus status() {
    var facts =
        newestFirst().stream()
            .collect(Collectors.groupingBy(job -> "jobs_" + job.state(), Collectors.counting()));
    var words = new TreeMap<String, String>();
    facts.forEach((name, count) -> words.put(name, count.toString()));
    return new ServiceStatus("control-plane", "test", time.instant(), words);
  }

  private HostView host() {
    var now = time.instant();
    var labels = List.of("nimbus", "linux");
    var reductions = List.of("no seccomp filter");
    return new HostView(
        HOST,
        "default",
        false,
        true,
        labels,
        4,
        1,
        8L << 30,
        1L << 30,
        4,
        1,
        reductions,
        "test",
        now,
        now);
  }

  private static JobWhy why(JobView job) {
    return new JobWhy(
        job.id(), job.state(), "no_matching_labels", "No live host has the labels it asks for.");
  }
}
