package dev.nimbus.adapters.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nimbus.testkit.provider.ProviderFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Stands before an API server, keeps what is asked, and fails on purpose. */
final class ApiFront implements ProviderFaults, AutoCloseable {
  private final URI behind;
  private final HttpClient http;
  private final HttpServer server;
  private final BiFunction<Asked, Function<Asked, Said>, Said> habits;
  private final boolean streaming;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Said> podRefusals = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Said> secretRefusals = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Said> listRefusals = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Said> deleteRefusals = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean podAnswerLost = new AtomicBoolean();
  private final AtomicBoolean secretAnswerLost = new AtomicBoolean();
  private final AtomicBoolean secretLost = new AtomicBoolean();
  private final AtomicBoolean listedLate = new AtomicBoolean();
  private final AtomicBoolean crowded = new AtomicBoolean();
  private final Set<String> hidden = ConcurrentHashMap.newKeySet();
  private final AtomicInteger page = new AtomicInteger();
  private final AtomicReference<Runnable> whenWatched = new AtomicReference<>(() -> {});
  private final AtomicBoolean undecided = new AtomicBoolean();

  private ApiFront(
      URI behind,
      HttpClient http,
      HttpServer server,
      BiFunction<Asked, Function<Asked, Said>, Said> habits,
      boolean streaming) {
    this.streaming = streaming;
    this.behind = behind;
    this.http = http;
    this.server = server;
    this.habits = habits;
  }

  /** Before Kubernetes itself, which needs nothing added. */
  static ApiFront before(URI behind, SSLContext trust) {
    var http = HttpClient.newBuilder().sslContext(trust).build();
    return listening(behind, http, (call, next) -> next.apply(call), true);
  }

  /**
   * Before one that plays it, and has no watches.
   *
   * @param habits answers a call, with what stands behind or without
   */
  static ApiFront before(URI behind, BiFunction<Asked, Function<Asked, Said>, Said> habits) {
    return listening(behind, HttpClient.newHttpClient(), habits, false);
  }

  private static ApiFront listening(
      URI behind,
      HttpClient http,
      BiFunction<Asked, Function<Asked, Said>, Said> habits,
      boolean streaming) {
    try {
      var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var front = new ApiFront(behind, http, HttpServer.create(local, 0), habits, streaming);
      front.server.createContext("/", front::answer);
      front.server.setExecutor(task -> Thread.ofVirtual().start(task));
      front.server.start();
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen before an API server", e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Everything asked for so far. */
  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** What was asked for of one permission, such as {@code create pods}. */
  List<Asked> asked(String permission) {
    return asked.stream().filter(one -> one.permission().equals(permission)).toList();
  }

  /** The next pod asked for is refused so. */
  void refusePod(Said said) {
    podRefusals.add(said);
  }

  /** The next secret asked for is refused so. */
  void refuseSecret(Said said) {
    secretRefusals.add(said);
  }

  /** The next pod to be deleted is not, so. */
  void refuseDeletion(Said said) {
    deleteRefusals.add(said);
  }

  /** The next page of a list of pods that is not the first is refused so. */
  void refuseNextPage(Said said) {
    listRefusals.add(said);
  }

  /** Answers in pages of so many, however many are asked for. */
  void pagesOf(int size) {
    page.set(size);
  }

  /**
   * The next pod that is looked at by its name in a list is not decided upon yet.
   *
   * @param then happens when it is watched
   */
  void decideLate(Runnable then) {
    whenWatched.set(then);
    undecided.set(true);
  }

  /** The next secret is made, and the answer is lost on the way. */
  void loseAnswerOfSecret() {
    secretAnswerLost.set(true);
  }

  /** The next request for a secret is lost on the way. */
  void loseSecret() {
    secretLost.set(true);
  }

  @Override
  public void runOut() {
    crowded.set(true);
  }

  @Override
  public void reachQuota() {
    refusePod(
        Said.error(
            403,
            "Forbidden",
            "pods \"x\" is forbidden: exceeded quota: runners, requested: pods=1, used: pods=5,"
                + " limited: pods=5"));
  }

  @Override
  public void throttle(Duration again) {
    refusePod(
        new Said(
            429,
            String.valueOf(again.toSeconds()),
            "Too many requests, please try again later.\n"));
  }

  @Override
  public void loseAnswer() {
    podAnswerLost.set(true);
  }

  @Override
  public void listLate() {
    listedLate.set(true);
  }

  /** Lists what was hidden. */
  void settle() {
    hidden.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var call = call(exchange);
      asked.add(call);
      if (call.permission().equals("create secrets") && secretLost.compareAndSet(true, false)) {
        return;
      }
      if (streaming && call.says("watch=true")) {
        stream(call, exchange);
        return;
      }
      var said = said(call);
      if (lost(call)) {
        return;
      }
      var bytes = said.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (!said.retryAfter().isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", said.retryAfter());
      }
      exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Asked call(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    return new Asked(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        Objects.requireNonNullElse(headers.getFirst("Authorization"), ""),
        Objects.requireNonNullElse(headers.getFirst("Accept"), ""),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private Said said(Asked call) {
    return switch (call.permission()) {
      case "create pods" -> call.says("dryRun") ? passed(call) : podMade(call);
      case "create secrets" -> refusedOr(secretRefusals, call);
      case "delete pods" -> refusedOr(deleteRefusals, call);
      case "list pods" -> listed(call);
      default -> passed(call);
    };
  }

  private Said podMade(Asked call) {
    var said = refusedOr(podRefusals, crowded.compareAndSet(true, false) ? nowhere(call) : call);
    if (said.fine() && listedLate.compareAndSet(true, false)) {
      hidden.add(call.json().at("/metadata/name").asString());
    }
    return said;
  }

  private Said refusedOr(ConcurrentLinkedQueue<Said> refusals, Asked call) {
    var refusal = refusals.poll();
    return refusal == null ? passed(call) : refusal;
  }

  private Said listed(Asked call) {
    if (call.says("continue=") && !listRefusals.isEmpty()) {
      return Objects.requireNonNull(listRefusals.poll());
    }
    var said = passed(call);
    if (call.says("fieldSelector") && undecided.compareAndSet(true, false)) {
      return Said.of(said.status(), said.body().replace("\"PodScheduled\"", "\"Later\""));
    }
    return said.fine() && !hidden.isEmpty() ? without(said) : said;
  }

  private Said without(Said said) {
    var list = (ObjectNode) JsonMapper.shared().readTree(said.body());
    var shown = (ArrayNode) list.get("items").deepCopy();
    shown.removeAll();
    for (JsonNode item : list.get("items")) {
      if (!hidden.contains(item.at("/metadata/name").asString())) {
        shown.add(item);
      }
    }
    list.set("items", shown);
    return Said.of(said.status(), list.toString());
  }

  /** The same pod for a node that is not. */
  private static Asked nowhere(Asked call) {
    var pod = (ObjectNode) call.json();
    ((ObjectNode) pod.at("/spec/nodeSelector")).put("nimbus.invalid/nowhere", "true");
    return new Asked(
        call.method(), call.target(), call.authorization(), call.accept(), pod.toString());
  }

  private boolean lost(Asked call) {
    return switch (call.permission()) {
      case "create pods" -> podAnswerLost.compareAndSet(true, false);
      case "create secrets" -> secretAnswerLost.compareAndSet(true, false);
      default -> false;
    };
  }

  private Said passed(Asked call) {
    return habits.apply(call, this::forwarded);
  }

  private Said forwarded(Asked call) {
    var answer = sent(call, BodyHandlers.ofString());
    return new Said(
        answer.statusCode(), answer.headers().firstValue("Retry-After").orElse(""), answer.body());
  }

  /** Passes on what is said as it is said, until one of the two has enough. */
  private void stream(Asked call, HttpExchange exchange) throws IOException {
    whenWatched.get().run();
    var answer = sent(call, BodyHandlers.ofInputStream());
    try (var said = answer.body()) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      var buffer = new byte[8192];
      for (var read = said.read(buffer); read >= 0; read = said.read(buffer)) {
        exchange.getResponseBody().write(buffer, 0, read);
        exchange.getResponseBody().flush();
      }
    }
  }

  private <T> HttpResponse<T> sent(Asked call, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request(call), body);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot ask what is behind for " + call.target(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking " + call.target(), e);
    }
  }

  private HttpRequest request(Asked call) {
    var target =
        page.get() == 0 ? call.target() : call.target().replaceFirst("limit=\\d+", "limit=" + page);
    var body =
        call.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body());
    var request =
        HttpRequest.newBuilder(behind.resolve(target))
            .method(call.method(), body)
            .header(
                "Content-Type",
                call.method().equals("PATCH")
                    ? "application/merge-patch+json"
                    : "application/json");
    if (!call.authorization().isEmpty()) {
      request.header("Authorization", call.authorization());
    }
    if (!call.accept().isEmpty()) {
      request.header("Accept", call.accept());
    }
    return request.build();
  }
}
