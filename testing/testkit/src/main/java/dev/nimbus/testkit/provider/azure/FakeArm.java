package dev.nimbus.testkit.provider.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.provider.ProviderFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An Azure with one subscription and one application, in memory. A machine runs when somebody asks
 * how far it is; what Azure wants of one, as far as it documents or says it, is in {@link
 * MachineRules}. Thread-safe.
 */
public final class FakeArm implements ProviderFaults, AutoCloseable {
  /** The application that is believed, by this secret. */
  public static final String TENANT = "99999999-8888-7777-6666-555555555555";

  public static final String CLIENT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
  public static final String SECRET = "a-secret~of.the_test";

  private static final String SUBSCRIPTION = "/subscriptions/" + Group.SUBSCRIPTION;
  private static final Map<String, Pattern> ROUTES = routes();

  private final HttpsServer server;
  private final Group group = new Group();
  private final Permits permits = new Permits();
  private final MachineCalls machines = new MachineCalls(group);
  private final PartCalls parts = new PartCalls(group);
  private final LookCalls looks = new LookCalls(permits);
  private final TokenDesk desk = new TokenDesk();
  private final PriceList prices = new PriceList();
  private final List<Observed> asked = new ArrayList<>();
  private boolean answerLost;
  private final AtomicBoolean pricesAskedWithToken = new AtomicBoolean();

  private FakeArm(HttpsServer server) {
    this.server = server;
  }

  /** Listens, with nothing in the group. */
  public static FakeArm listen() {
    try {
      var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var fake = new FakeArm(HttpsServer.create(local, 0));
      fake.server.setHttpsConfigurator(new HttpsConfigurator(Tls.once().context()));
      fake.server.createContext("/", fake::answer);
      fake.server.setExecutor(task -> Thread.ofVirtual().start(task));
      fake.server.start();
      fake.machines.listenAt(fake.url());
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on this machine", e);
    }
  }

  public String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What believes its certificate. */
  public static SSLContext trust() {
    return Tls.once().context();
  }

  /** Its certificate, for what is not of Java. */
  public static String certificate() {
    return Tls.once().pem();
  }

  public static String subscription() {
    return Group.SUBSCRIPTION;
  }

  public static String group() {
    return Group.NAME;
  }

  public static String subnet() {
    return LookCalls.NETWORK + "/subnets/runners";
  }

  public static String securityGroup() {
    return LookCalls.SECURITY_GROUP;
  }

  public static String identity() {
    return Group.PATH + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/runner";
  }

  /** An image of generation 2, offered to all. */
  public static String image() {
    return MachineRules.MARKET;
  }

  public static String oldImage() {
    return MachineRules.OLD;
  }

  public static String galleryImage() {
    return MachineRules.GALLERY;
  }

  /** Everything asked for so far, but tokens. */
  public synchronized List<Observed> asked() {
    return List.copyOf(asked);
  }

  /** What was asked with a verb, of paths with some words in them. */
  public List<Observed> asked(String verb, String words) {
    return asked().stream()
        .filter(one -> one.method().equals(verb) && one.path().contains(words))
        .toList();
  }

  /** Every action that was needed so far. */
  public synchronized NavigableSet<String> actionsUsed() {
    return permits.used();
  }

  /** Every machine there is, also what nobody lists. */
  public synchronized List<JsonNode> machines() {
    return List.copyOf(group.machines());
  }

  /** The names of all that was made for machines. */
  public synchronized List<String> parts() {
    return group.parts().stream().map(part -> part.path("name").asString()).toList();
  }

  /** The next machine asked for is refused so. */
  public synchronized void refuse(int status, String code, String message) {
    machines.refuseNext(Said.error(status, code, message));
  }

  /** The next machine asked for is begun, and fails so. */
  public synchronized void failLater(String code, String message) {
    machines.failNext(code, message);
  }

  /** Takes an action away. */
  public synchronized void deny(String action) {
    permits.deny(action);
  }

  /** Believes the secret no longer. */
  public void distrust() {
    desk.close();
  }

  /** Whether somebody showed a token to who wants none. */
  public boolean pricesAskedWithToken() {
    return pricesAskedWithToken.get();
  }

  /** A token, for who has no secret. */
  public String token() {
    return desk.mint();
  }

  /** Uses so much of a quota, of 24 there are. */
  public synchronized void use(String quota, int amount) {
    looks.use(quota, amount);
  }

  /** Lets the subscription not have a size. */
  public synchronized void restrict(String size) {
    looks.restrict(size);
  }

  /** Has a machine be in a state, such as {@code deallocated}. */
  public synchronized void power(String name, String state) {
    group.state(name, "Succeeded", List.of(new Group.Status("PowerState/" + state, "")));
  }

  /** Has Azure give up a machine that was made, without anybody having asked how far it is. */
  public synchronized void fail(String name, String code, String message) {
    group.state(
        name, "Failed", List.of(new Group.Status("ProvisioningState/failed/" + code, message)));
  }

  /** Puts a machine there that somebody else made. */
  public synchronized void plant(String name, Map<String, String> tags) {
    var body = JsonMapper.shared().createObjectNode().put("location", "westeurope");
    body.putObject("properties").putObject("hardwareProfile").put("vmSize", "Standard_D2s_v5");
    var all = body.putObject("tags");
    tags.forEach(all::put);
    group.make(name, body, false);
    group.state(name, "Succeeded", List.of(new Group.Status("PowerState/running", "")));
  }

  /** Puts something there that belongs to a machine nobody knows. */
  public synchronized void plantPart(String type, String name, Map<String, String> tags) {
    group.part(type, name, "", tags);
  }

  /** Loses a machine, and not what was made for it. */
  public synchronized void vanish(String name) {
    group.vanish(name);
  }

  /** Keeps what belongs to a machine for a while. */
  public synchronized void reserve(String machine) {
    parts.reserve(machine);
  }

  public synchronized void release() {
    parts.release();
  }

  /** Lists so many on a page. */
  public synchronized void pagesOf(int size) {
    machines.pagesOf(size);
  }

  /** Sends whoever reads a further page somewhere else. */
  public synchronized void continueAt(String address) {
    machines.continueAt(address);
  }

  /** Answers so many pages of machines, and then none. */
  public synchronized void losePagesAfter(int pages) {
    machines.losePagesAfter(pages);
  }

  /** Has that many questions how far something is answered by: not yet. */
  public synchronized void waitInVain(int times) {
    machines.waitInVain(times);
  }

  /** Lets everything happen that was begun, and lists all there is. */
  public synchronized void settle() {
    machines.finishAll();
    group.show();
  }

  @Override
  public void runOut() {
    failLater(
        "ZonalAllocationFailed",
        "Allocation failed. We do not have sufficient capacity for the requested VM size in this zone.");
  }

  @Override
  public void reachQuota() {
    refuse(
        409,
        "OperationNotAllowed",
        "Operation could not be completed as it results in exceeding approved standardDSv5Family Cores quota.");
  }

  @Override
  public synchronized void throttle(Duration again) {
    machines.refuseNext(
        Said.error(429, "TooManyRequests", "The request is being throttled.")
            .with("Retry-After", String.valueOf(again.toSeconds())));
  }

  @Override
  public synchronized void loseAnswer() {
    answerLost = true;
  }

  @Override
  public synchronized void listLate() {
    machines.listNextLate();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var uri = exchange.getRequestURI();
      var said = answered(exchange, body);
      var bytes =
          said.body().isMissingNode()
              ? new byte[0]
              : JsonMapper.shared().writeValueAsBytes(said.body());
      var lost =
          said.ok()
              && exchange.getRequestMethod().equals("PUT")
              && uri.getPath().contains("/virtualMachines/")
              && lost();
      said.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes, 0, lost ? bytes.length / 2 : bytes.length);
    }
  }

  private synchronized boolean lost() {
    var lost = answerLost;
    answerLost = false;
    return lost;
  }

  /** A mistake of the fake is an answer, as a connection that only closes says nothing about it. */
  private Said answered(HttpExchange exchange, byte[] bytes) {
    try {
      var uri = exchange.getRequestURI();
      var text = new String(bytes, StandardCharsets.UTF_8);
      if (uri.getPath().endsWith("/oauth2/v2.0/token")) {
        return desk.give(uri.getPath(), parameters(text));
      }
      var query = String.valueOf(uri.getRawQuery());
      if (uri.getPath().equals("/api/retail/prices")) {
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
          pricesAskedWithToken.set(true);
        }
        return prices.answer(url(), parameters(query));
      }
      var call =
          new Call(
              exchange.getRequestMethod(),
              uri.getPath(),
              parameters(query),
              headers(exchange),
              bytes.length == 0
                  ? JsonMapper.shared().missingNode()
                  : JsonMapper.shared().readTree(text));
      return observed(call, query, text);
    } catch (RuntimeException e) {
      return Said.error(500, "fake", "%s at %s".formatted(e, e.getStackTrace()[0]));
    }
  }

  private synchronized Said observed(Call call, String query, String text) {
    var said = said(call);
    asked.add(
        new Observed(
            call.verb(),
            call.path(),
            query,
            call.headers(),
            text,
            said.status(),
            said.headers(),
            said.body().isMissingNode() ? "" : said.body().toString()));
    return said;
  }

  private Said said(Call call) {
    if (!desk.opens(call.header("authorization"))) {
      return Said.error(401, "InvalidAuthenticationToken", "The access token is invalid.");
    }
    if (call.parameter("api-version").isEmpty()) {
      return Said.error(400, "MissingApiVersionParameter", "The api-version is required.");
    }
    var route =
        ROUTES.entrySet().stream()
            .filter(one -> one.getValue().matcher(call.path()).matches())
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("none");
    return permits.refusal(call, route).orElseGet(() -> done(call, route));
  }

  private Said done(Call call, String route) {
    return switch (call.verb() + " " + route) {
      case "PUT machine" -> machines.put(call);
      case "GET machine" -> machines.get(call);
      case "DELETE machine" -> machines.delete(call);
      case "GET machines" -> machines.list(call, false);
      case "GET states" -> machines.list(call, true);
      case "GET operation" -> machines.operation(call);
      case "GET parts" -> parts.list(call);
      case "DELETE resource" -> parts.delete(call);
      case "GET group" -> looks.group();
      case "GET permissions" -> looks.permissions();
      case "GET sizes" -> looks.sizes(call);
      case "GET usages" -> looks.usages();
      case "GET versions" -> looks.versions(call);
      case "GET version" -> looks.version(call);
      case "GET resource" -> looks.resource(call);
      default -> Said.error(404, "InvalidResourceType", "The fake has no " + call.path());
    };
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    var all = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> all.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return all;
  }

  private static Map<String, Pattern> routes() {
    var compute = "/providers/Microsoft.Compute/";
    var group = "/subscriptions/[^/]+/resourceGroups/[^/]+";
    var versions =
        "locations/[^/]+/publishers/[^/]+/artifacttypes/vmimage/offers/[^/]+/skus/[^/]+/versions";
    var routes = new LinkedHashMap<String, Pattern>();
    routes.put("machine", route(Pattern.quote(Group.PATH + compute) + "virtualMachines/[^/]+"));
    routes.put("machines", route(Pattern.quote(Group.PATH + compute) + "virtualMachines"));
    routes.put("states", route(SUBSCRIPTION + compute + "virtualMachines"));
    routes.put("operation", route(SUBSCRIPTION + compute + "locations/[^/]+/operations/[^/]+"));
    routes.put("parts", route(Pattern.quote(Group.PATH) + "/resources"));
    routes.put("group", route(Pattern.quote(Group.PATH)));
    routes.put("permissions", route(".*/providers/Microsoft.Authorization/permissions"));
    routes.put("sizes", route(SUBSCRIPTION + compute + "skus"));
    routes.put("usages", route(SUBSCRIPTION + compute + "locations/[^/]+/usages"));
    routes.put("version", route(SUBSCRIPTION + compute + versions + "/[^/]+"));
    routes.put("versions", route(SUBSCRIPTION + compute + versions));
    routes.put("resource", route(group + "/providers/.+"));
    return routes;
  }

  /** Paths of Azure are the same in capitals. */
  private static Pattern route(String form) {
    return Pattern.compile(form, Pattern.CASE_INSENSITIVE);
  }

  private static Map<String, String> parameters(String text) {
    var all = new TreeMap<String, String>();
    for (var pair : text.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        all.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return all;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
