package dev.nimbus.testkit.provider.gcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nimbus.testkit.provider.ProviderFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Compute Engine with one project, in memory. Every call and every answer is held to Google's own
 * description, and what is not in it is refused. A machine runs when somebody waits for it; what
 * Google does besides, as far as it documents or says it, is in {@link InsertRules}. Thread-safe.
 */
public final class FakeGce implements ProviderFaults, AutoCloseable {
  private static final String TOKENS = "/token";

  private final Google google;
  private final HttpServer server;
  private final Project project = new Project();
  private final Operations operations = new Operations();
  private final Permits permits = new Permits();
  private final InstanceCalls instances = new InstanceCalls(project, operations);
  private final LookCalls looks = new LookCalls(project, permits);
  private final TokenDesk desk = new TokenDesk();
  private final List<Asked> asked = new ArrayList<>();
  private boolean answerLost;
  private boolean anybody;

  private FakeGce(Google google, HttpServer server) {
    this.google = google;
    this.server = server;
  }

  /** Listens, with nothing in the project. */
  public static FakeGce listen(Google google) {
    try {
      var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var fake = new FakeGce(google, HttpServer.create(local, 0));
      fake.server.createContext("/", fake::answer);
      fake.server.setExecutor(task -> Thread.ofVirtual().start(task));
      fake.server.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on this machine", e);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** The file with the key of the project's one service account. */
  public String key() {
    return TokenDesk.file(tokenUri());
  }

  /** Everything asked for so far. */
  public synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** What was asked of one method, such as {@code compute.instances.insert}. */
  public List<Asked> asked(String method) {
    return asked().stream().filter(one -> one.method().equals(method)).toList();
  }

  /** Every permission that was needed so far. */
  public synchronized SortedSet<String> permissionsUsed() {
    return permits.used();
  }

  /** Every machine there is, also what nobody lists. */
  public synchronized List<JsonNode> machines() {
    return List.copyOf(project.all());
  }

  /** The next machine asked for is refused so. */
  public synchronized void refuse(int status, String reason, String message) {
    instances.refuseNext(Said.error(status, reason, message));
  }

  /** The next machine asked for is begun, and fails so. */
  public synchronized void failLater(String code, String message) {
    instances.failNext(code, message);
  }

  /** Takes a permission away. */
  public synchronized void deny(String permission) {
    permits.deny(permission);
  }

  /** Believes the key no longer. */
  public void distrust() {
    desk.close();
  }

  /** Answers whoever asks, without a token. */
  public synchronized void welcomeAnybody() {
    anybody = true;
  }

  /** Loses a zone. */
  public synchronized void lose(String zone) {
    project.down().add(zone);
  }

  /** Uses so much of a quota, of 24 there are. */
  public synchronized void use(String metric, double amount) {
    project.use(metric, amount);
  }

  /** Has machines of a name be in a state, such as {@code TERMINATED}. */
  public synchronized void change(String name, String status) {
    project.status(name, status);
  }

  /** Puts a machine there that somebody else made. */
  public synchronized void plant(String zone, String name, Map<String, String> labels) {
    var body = JsonMapper.shared().createObjectNode().put("name", name);
    body.put("machineType", "zones/%s/machineTypes/e2-small".formatted(zone));
    var all = body.putObject("labels");
    labels.forEach(all::put);
    project.make(zone, body, true);
  }

  /** Lists so many on a page, however many are asked for. */
  public synchronized void pagesOf(int size) {
    instances.pagesOf(size);
  }

  /** Has that many waits return before what they wait for. */
  public synchronized void waitInVain(int times) {
    instances.waitInVain(times);
  }

  /** Knows no more which request was made before, as after some time. */
  public synchronized void forgetRequests() {
    operations.forgetRequests();
  }

  /** Lets everything happen that was begun, and lists all there is. */
  public synchronized void settle() {
    operations.finishAll();
    project.show();
  }

  @Override
  public void runOut() {
    failLater(
        "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS",
        "The zone does not have enough resources available to fulfill the request.");
  }

  @Override
  public void reachQuota() {
    refuse(403, "quotaExceeded", "Quota 'CPUS' exceeded. Limit: 24.0 in region europe-west3.");
  }

  @Override
  public synchronized void throttle(Duration again) {
    var error = Said.error(429, "rateLimitExceeded", "Rate Limit Exceeded");
    instances.refuseNext(error.with("Retry-After", String.valueOf(again.toSeconds())));
  }

  @Override
  public synchronized void loseAnswer() {
    answerLost = true;
  }

  @Override
  public synchronized void listLate() {
    instances.listNextLate();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private String tokenUri() {
    return url().resolve(TOKENS).toString();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = body(exchange);
      var path = exchange.getRequestURI().getRawPath();
      var said =
          path.equals(TOKENS)
              ? desk.give(parameters(new String(body, StandardCharsets.UTF_8)))
              : answered(exchange, path, body);
      var bytes = JsonMapper.shared().writeValueAsBytes(said.body());
      var lost = said.ok() && path.endsWith("/instances") && lost(exchange.getRequestMethod());
      said.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
      exchange.sendResponseHeaders(said.status(), bytes.length);
      exchange.getResponseBody().write(bytes, 0, lost ? bytes.length / 2 : bytes.length);
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    var encoding = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    var sent = exchange.getRequestBody();
    return encoding.equals("gzip") ? new GZIPInputStream(sent).readAllBytes() : sent.readAllBytes();
  }

  private synchronized boolean lost(String verb) {
    var lost = answerLost && verb.equals("POST");
    answerLost &= !lost;
    return lost;
  }

  /** A mistake of the fake is an answer, as a connection that only closes says nothing about it. */
  private Said answered(HttpExchange exchange, String path, byte[] body) {
    try {
      return said(exchange, path, body);
    } catch (RuntimeException e) {
      return Said.error(500, "fake", "%s at %s".formatted(e, e.getStackTrace()[0]));
    }
  }

  private synchronized Said said(HttpExchange exchange, String path, byte[] bytes) {
    var found = google.find(exchange.getRequestMethod(), path);
    if (found.isEmpty()) {
      return Said.error(404, "notFound", "Google has no " + path);
    }
    var method = found.get();
    var query = parameters(String.valueOf(exchange.getRequestURI().getRawQuery()));
    var mapper = JsonMapper.shared();
    var body = bytes.length == 0 ? mapper.createObjectNode().path("none") : mapper.readTree(bytes);
    var call = new Asked(method.id(), method.words(), query, body);
    asked.add(call);
    var authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!anybody && !desk.opens(authorization, method.method().node().path("scopes"))) {
      return Said.error(401, "authError", "Invalid Credentials");
    }
    var problems = method.problems(query, body);
    return problems.isEmpty()
        ? shaped(method, call, permits.refusal(call).orElseGet(() -> done(call)))
        : Said.error(400, "invalid", "Not as Google describes it: " + problems);
  }

  /** What an answer must not be is a mistake of this fake. */
  private static Said shaped(Description.Found method, Asked call, Said said) {
    var problems = said.ok() ? method.problems(said.body()) : List.<String>of();
    if (!problems.isEmpty()) {
      return Said.error(500, "fake", "The answer is not as Google describes it: " + problems);
    }
    try {
      var part = said.ok() ? method.part(call.parameter("fields"), said.body()) : said.body();
      return new Said(said.status(), said.headers(), part.deepCopy());
    } catch (IllegalArgumentException e) {
      return Said.error(400, "invalidParameter", String.valueOf(e.getMessage()));
    }
  }

  private Said done(Asked call) {
    return switch (call.method()) {
      case "compute.instances.insert" -> instances.insert(call);
      case "compute.instances.get" -> instances.get(call);
      case "compute.instances.delete" -> instances.delete(call);
      case "compute.instances.aggregatedList" -> instances.list(call);
      case "compute.zoneOperations.wait" -> instances.wait(call);
      case "compute.zones.get" -> looks.zone(call);
      case "compute.regions.get" -> looks.region(call);
      case "compute.machineTypes.get" -> looks.type(call);
      case "compute.images.get", "compute.images.getFromFamily" -> looks.image(call);
      case "compute.networks.get" -> looks.network(call);
      case "compute.subnetworks.get" -> looks.subnetwork(call);
      case "cloudresourcemanager.projects.testIamPermissions" -> looks.permissions(call);
      default -> Said.error(501, "fake", "The fake does not do " + call.method());
    };
  }

  private static Map<String, String> parameters(String text) {
    var all = new TreeMap<String, String>();
    for (var pair : text.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        all.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return all;
  }
}
