package dev.nimbus.adapters.forges.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi.Sent;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.testkit.log.SteppedTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpForgeApiTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Budget.Rules RULES = new Budget.Rules(900, 15, Duration.ofSeconds(1), 0.2);
  private static final Call ASK = Call.get("/jobs", Purpose.MINT);
  private static final Call POLL = Call.get("/jobs", Purpose.POLL);
  private static final Call MINT = Call.post("/runners", Map.of("name", "one"), Purpose.MINT);

  private final SteppedTime time = new SteppedTime(NOON);
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<String> arrived = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private final List<Instant> waited = new ArrayList<>();
  private final TestCredentials credentials = new TestCredentials();
  private final HttpServer server = listen();
  private final URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  private final HttpForgeApi api = api();

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var token = exchange.getRequestHeaders().getFirst("Authorization");
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            arrived.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + token);
            var reply = replies.isEmpty() ? Replies.of(200) : replies.removeFirst();
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            var length = reply.body().length == 0 ? -1 : reply.body().length;
            exchange.sendResponseHeaders(reply.status(), length);
            exchange.getResponseBody().write(reply.body());
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void whatIsWrittenAlreadyIsSentAsItIs() {
    api.send(MINT);
    api.send(Call.post("/runners", "{\"a\" :1}".getBytes(UTF_8), Purpose.MINT));

    assertThat(bodies).containsExactly("{\"name\":\"one\"}", "{\"a\" :1}");
  }

  @Test
  void changesWaitForTheirDistance() {
    api.send(MINT);
    api.send(MINT);
    api.send(MINT);

    assertThat(waited).containsExactly(NOON.plusSeconds(1), NOON.plusSeconds(2));
  }

  @Test
  void whateverTheForgeSaysIsAnAnswer() {
    for (var status : new int[] {200, 204, 302, 404, 409, 422}) {
      replies.add(Replies.of(status));

      assertThat(api.send(ASK).status()).isEqualTo(status);
    }
  }

  @Test
  void whatMovedWithinTheForgeIsFoundWhereItIsNow() {
    for (var location : List.of(base + "/repositories/1/jobs?page=2", "/repositories/1/jobs")) {
      arrived.clear();
      replies.add(Replies.of(301, "location", location));
      replies.add(Replies.of(200));

      assertThat(api.send(ASK).status()).isEqualTo(200);

      assertThat(arrived).hasSize(2);
      assertThat(arrived.getLast()).startsWith("GET /repositories/1/jobs").endsWith("token 0");
    }
  }

  @Test
  void noCredentialFollowsARedirectToAnotherAddress() {
    var port = server.getAddress().getPort();
    for (var location :
        List.of(
            "http://localhost:" + port + "/jobs",
            "//localhost:" + port + "/jobs",
            base + ".example/jobs",
            "http://[",
            "")) {
      arrived.clear();
      replies.add(Replies.of(301, "location", location));

      var reply = api.send(ASK);

      assertThat(reply.status()).isEqualTo(301);
      assertThat(reply.refusal("ask").kind()).isEqualTo(Kind.DENIED);
      assertThat(arrived).hasSize(1);
    }
  }

  @Test
  void aRedirectIsFollowedOnceAndAChangeOnlyWhereItMayBeMadeAgain() {
    replies.add(Replies.of(308, "location", "/runners/there"));
    replies.add(Replies.of(308, "location", "/runners/there"));
    assertThat(api.send(MINT).status()).isEqualTo(308);
    assertThat(arrived).hasSize(2);
    assertThat(bodies).containsExactly("{\"name\":\"one\"}", "{\"name\":\"one\"}");

    replies.add(Replies.of(301, "location", "/runners/there"));
    assertThat(api.send(MINT).status()).isEqualTo(301);
    assertThat(arrived).hasSize(3);
  }

  @Test
  void aForgeThatStumblesIsAskedAgain() {
    replies.add(Replies.of(502));
    replies.add(Replies.of(503));
    assertThat(api.send(ASK).status()).isEqualTo(200);
    assertThat(waited).containsExactly(NOON.plusSeconds(1), NOON.plusSeconds(4));

    replies.addAll(List.of(Replies.of(500), Replies.of(500), Replies.of(500)));
    assertThat(api.send(ASK).status()).isEqualTo(500);
  }

  @Test
  void aChangeIsNeverMadeTwice() {
    replies.add(Replies.of(502));

    assertThat(api.send(MINT).status()).isEqualTo(502);
    assertThat(arrived).hasSize(1);
  }

  @Test
  void aLimitIsNoAnswerButATimeToComeBack() {
    replies.add(Replies.of(429, "retry-after", "300"));

    assertThat(api.attempt(ASK))
        .isInstanceOfSatisfying(
            Sent.Later.class,
            later -> assertThat(later.notBefore()).isEqualTo(NOON.plusSeconds(300)));
    assertThat(((Sent.Later) api.attempt(MINT)).notBefore()).isEqualTo(NOON.plusSeconds(300));
    assertThat(arrived).hasSize(1);
  }

  @Test
  void whoCannotComeBackIsToldThatItIsUnavailable() {
    replies.add(Replies.of(403, "retry-after", "300"));

    assertThatThrownBy(() -> api.send(ASK))
        .isInstanceOfSatisfying(
            NimbusException.class,
            failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("GET /jobs")
        .hasMessageContaining("2026-01-01T12:05:00Z");
  }

  @Test
  void shortWaitsAreWaited() {
    replies.add(Replies.of(429, "retry-after", "15"));
    assertThat(api.attempt(ASK)).isInstanceOf(Sent.Later.class);

    assertThat(api.attempt(ASK)).isInstanceOf(Sent.Answered.class);
    assertThat(waited).containsExactly(NOON.plusSeconds(15));
  }

  @Test
  void pollsWaitForTheirOwnPaceOnly() {
    for (var poll = 0; poll < 460; poll++) {
      assertThat(api.attempt(POLL)).isInstanceOf(Sent.Answered.class);
    }
    assertThat(waited).isNotEmpty();
    waited.clear();
    replies.add(Replies.of(429, "retry-after", "5"));

    assertThat(api.attempt(POLL)).isInstanceOf(Sent.Later.class);
    assertThat(api.attempt(POLL)).isInstanceOf(Sent.Later.class);
    assertThat(waited).isEmpty();
  }

  @Test
  void aTokenThatIsRefusedIsRenewedOnce() {
    replies.add(Replies.of(401));
    assertThat(api.send(ASK).status()).isEqualTo(200);
    assertThat(arrived).containsExactly("GET /jobs token 0", "GET /jobs token 1");

    replies.add(Replies.of(401));
    replies.add(Replies.of(401));
    assertThat(api.send(ASK).status()).isEqualTo(401);
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    var endless = new Reply(200, Map.of(), new byte[(32 << 20) + 1]);
    replies.addAll(List.of(endless, endless, endless));

    assertThatThrownBy(() -> api.send(ASK))
        .isInstanceOfSatisfying(
            NimbusException.class,
            failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  @Test
  void aForgeThatIsAwayIsUnavailableAndNoSecretIsTold() {
    server.stop(0);

    assertThatThrownBy(() -> api.send(MINT))
        .isInstanceOfSatisfying(
            NimbusException.class,
            failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("POST http://127.0.0.1")
        .hasMessageNotContaining("token 0");
  }

  @Test
  void whoIsInterruptedStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> api.send(MINT)).isInstanceOf(NimbusException.class);
    assertThat(Thread.interrupted()).isTrue();
    api.send(MINT);
  }

  private HttpForgeApi api() {
    return new HttpForgeApi(
        new Exchange(CLIENT, base), credentials, new Budget(RULES, NOON), time, this::pause);
  }

  private void pause(Instant until) {
    waited.add(until);
    time.stepTo(until);
  }

  private static HttpServer listen() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class TestCredentials implements HttpForgeApi.Credentials {
    private int renewed;

    @Override
    public Map<String, String> headers(Call call) {
      return Map.of("Authorization", "token " + renewed);
    }

    @Override
    public boolean renew() {
      renewed++;
      return true;
    }
  }
}
