package dev.nimbus.testkit.provider.aws;

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
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Stands before {@link Moto}, keeps what is asked, does what EC2 does and moto does not, and fails
 * on purpose. What moto (5.2.5) gets wrong, and what is done about it here:
 *
 * <ul>
 *   <li>Client tokens are kept but mean nothing: no replay, no mismatch of parameters, no refusal
 *       after the end. Done by {@link Tokens}, for {@code RunInstances} and {@code AllocateHosts}.
 *   <li>Machines are listed at once, and never late. Hidden here when asked to.
 *   <li>It never lacks capacity, quota or permission, and is never asked too often. Said here.
 *   <li>{@code DescribeHosts} has no instances, no pages and filters only some things; a host takes
 *       any number of machines of any type, and can be released at any age and while used. Its
 *       instances are filled in here.
 *   <li>A machine runs from the first moment, is terminated in the next, and never shuts down by
 *       itself: that the behaviour is {@code terminate} can be read back, not seen.
 *   <li>Policies of IAM are not looked at. Roles are given to everybody.
 *   <li>Tags of a spot request are dropped, for {@code RunInstances} makes none.
 *   <li>Of every spot price it says 0.00001, of the year 2006.
 * </ul>
 */
public final class MotoFront implements ProviderFaults, AutoCloseable {
  private final URI moto;
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Tokens tokens = new Tokens();
  private final Hosts hosts = new Hosts();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Said> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean answerLost = new AtomicBoolean();
  private final AtomicBoolean listedLate = new AtomicBoolean();
  private final Set<String> hidden = ConcurrentHashMap.newKeySet();
  private final AtomicInteger page = new AtomicInteger();
  private final Set<String> unheard = ConcurrentHashMap.newKeySet();

  private MotoFront(URI moto, HttpServer server) {
    this.moto = moto;
    this.server = server;
  }

  /** Listens before a moto. */
  public static MotoFront before(Moto moto) {
    try {
      var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var front = new MotoFront(moto.url(), HttpServer.create(local, 0));
      front.server.createContext("/", front::answer);
      front.server.setExecutor(task -> Thread.ofVirtual().start(task));
      front.server.start();
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen before moto", e);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Everything asked for so far. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** What was asked for of one action. */
  public List<Asked> asked(String action) {
    return asked.stream().filter(one -> one.action().equals(action)).toList();
  }

  /** The next machine asked for is refused so. */
  public void refuse(int status, String code, String message) {
    refusals.add(Said.error(status, code, message));
  }

  @Override
  public void runOut() {
    refuse(500, "InsufficientInstanceCapacity", "We currently do not have sufficient capacity");
  }

  @Override
  public void reachQuota() {
    refuse(400, "VcpuLimitExceeded", "You have requested more vCPU capacity than your limit");
  }

  @Override
  public void throttle(Duration again) {
    refuse(503, "RequestLimitExceeded", "Request limit exceeded.");
  }

  @Override
  public void loseAnswer() {
    answerLost.set(true);
  }

  @Override
  public void listLate() {
    listedLate.set(true);
  }

  /** Answers in pages of so many, however many are asked for. */
  public void pagesOf(int size) {
    page.set(size);
  }

  /** Lists what was hidden. */
  public void settle() {
    hidden.clear();
  }

  /** Forgets every client token, as EC2 does a day after the end of a machine. */
  public void forgetTokens() {
    tokens.forget();
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = exchange.getRequestHeaders();
      var invocation = String.valueOf(headers.getFirst("amz-sdk-invocation-id"));
      var call = Asked.parse(body, invocation);
      asked.add(call);
      var authorization = String.valueOf(headers.getFirst("Authorization"));
      var said = said(call, () -> forwarded(paged(body), authorization));
      if (lost(call)) {
        return;
      }
      var bytes = said.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
      exchange.sendResponseHeaders(said.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Said said(Asked call, Supplier<Said> moto) {
    return switch (call.action()) {
      case "RunInstances" -> run(call, moto);
      case "DescribeInstances" -> described(call, moto.get());
      case "AllocateHosts" -> tokens.once(call, moto);
      case "DescribeHosts" -> hosts.described(moto.get());
      case "TerminateInstances" -> terminated(call, moto.get());
      default -> moto.get();
    };
  }

  private Said run(Asked call, Supplier<Said> moto) {
    if (!call.field("DryRun").isEmpty()) {
      return moto.get();
    }
    var refusal = refusals.poll();
    if (refusal != null) {
      return refusal;
    }
    var said = tokens.once(call, () -> hosts.run(call, moto));
    if (said.fine() && listedLate.compareAndSet(true, false)) {
      hidden.addAll(said.instances());
    }
    return said;
  }

  private Said described(Asked call, Said said) {
    if (hidden.contains(call.field("InstanceId.1"))) {
      return Said.error(400, "InvalidInstanceID.NotFound", "The instance ID does not exist");
    }
    return hidden.isEmpty() || !said.fine()
        ? said
        : new Said(said.status(), Xml.without(said.body(), "reservationSet", hidden));
  }

  private Said terminated(Asked call, Said said) {
    if (said.fine()) {
      call.fields()
          .forEach(
              (name, value) -> {
                if (name.startsWith("InstanceId.")) {
                  tokens.ended(value);
                  hosts.ended(value);
                  hidden.remove(value);
                }
              });
    }
    return said;
  }

  /** Whether this call's answer gets lost; every try's of the same call. */
  private boolean lost(Asked call) {
    if (call.action().equals("RunInstances") && answerLost.compareAndSet(true, false)) {
      unheard.add(call.invocation());
    }
    return unheard.contains(call.invocation());
  }

  private String paged(String body) {
    return page.get() == 0 ? body : body.replaceFirst("MaxResults=\\d+", "MaxResults=" + page);
  }

  private Said forwarded(String body, String authorization) {
    var request =
        HttpRequest.newBuilder(moto)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .header("Authorization", authorization)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      return new Said(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot ask moto", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking moto", e);
    }
  }
}
