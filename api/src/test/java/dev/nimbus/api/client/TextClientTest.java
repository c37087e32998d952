package dev.nimbus.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TextClientTest {
  private static final String OK = "HTTP/1.1 200 OK\nContent-Type: application/json\n";

  private static String get(String answer) {
    try (var server = RawServer.answering(answer)) {
      return server.client().get("/x");
    }
  }

  private static Kind kind(String answer) {
    try {
      get(answer);
    } catch (NimbusException e) {
      return e.kind();
    }
    throw new AssertionError("It was not refused");
  }

  @Test
  void aBodyOfKnownLengthIsReadWhole() {
    assertThat(get(OK + "Content-Length: 4\n\nwörx")).isEqualTo("wör");
  }

  @Test
  void chunksArePutTogether() {
    assertThat(get(OK + "Transfer-Encoding: chunked\n\n3\nabc\n2;x=y\nde\n0\n\n"))
        .isEqualTo("abcde");
  }

  @Test
  void aBodyMayAlsoEndWithTheConnection() {
    assertThat(get(OK + "\nuntil the end")).isEqualTo("until the end");
  }

  @Test
  void aBodyThatEndsEarlyIsAFailureAndNotAnAnswer() {
    assertThat(kind(OK + "Content-Length: 10\n\nshort")).isEqualTo(Kind.UNAVAILABLE);
    assertThat(kind(OK + "Transfer-Encoding: chunked\n\n5\nab")).isEqualTo(Kind.UNAVAILABLE);
    assertThat(kind(OK + "Transfer-Encoding: chunked\n\n2\nabc\n0\n\n"))
        .isEqualTo(Kind.UNAVAILABLE);
    assertThat(kind("HTTP/1.1 200")).isEqualTo(Kind.UNAVAILABLE);
    assertThat(kind("SSH-2.0-OpenSSH\n\n")).isEqualTo(Kind.UNAVAILABLE);
    assertThat(kind("HTTP/1.1 200 OK\n" + "a: b\n".repeat(500) + "\n")).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void aRefusalKeepsItsKindAndSentence() {
    var problem =
        """
        {"type":"about:blank","title":"t","status":409,"detail":"Somebody was first","kind":"conflict","code":"c"}""";
    var answer = "HTTP/1.1 409 Conflict\nContent-Type: application/problem+json\n\n" + problem;

    assertThatThrownBy(() -> get(answer)).hasMessage("Somebody was first");
    assertThat(kind(answer)).isEqualTo(Kind.CONFLICT);
    assertThat(kind("HTTP/1.1 503 Busy\n\nnot json")).isEqualTo(Kind.UNAVAILABLE);
    assertThat(kind("HTTP/1.1 401 No\nContent-Length: 0\n\n")).isEqualTo(Kind.DENIED);
  }

  @Test
  void aRequestCarriesTokenHostLengthAndHeaders() {
    try (var server = RawServer.answering(OK + "Content-Length: 2\n\n{}")) {
      server.client().post("/api/jobs?x=1", "{}", Map.of("Idempotency-Key", "k"));

      assertThat(server.heads().getFirst())
          .startsWith("POST /api/jobs?x=1 HTTP/1.1\n")
          .contains("Host: " + server.url().getRawAuthority() + "\n")
          .contains("Authorization: Bearer secret\n")
          .contains("Idempotency-Key: k\n")
          .contains("Content-Length: 2\n");
    }
  }

  @Test
  void aHeaderCannotSmuggleAnother() {
    try (var server = RawServer.answering(OK)) {
      var client = new TextClient(server.url(), () -> "x\r\nEvil: 1");
      assertThatThrownBy(() -> client.get("/x")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void eventsArriveOneByOneAndEndWithTheStream() {
    var answer = "HTTP/1.1 200 OK\n\n: hello\n\nid: 1.2\nevent: line\ndata: a\ndata: b\n\n";
    try (var server = RawServer.answering(answer);
        var events = server.client().events("/x", "1.1")) {
      assertThat(events.next()).contains(new EventStream.Event("line", "1.2", "a\nb"));
      assertThat(events.next()).isEmpty();
      assertThat(server.heads().getFirst()).contains("Last-Event-ID: 1.1\n");
    }
  }

  @Test
  void closingAStreamEndsAReadThatWaits() {
    try (var server = RawServer.answeringAndStaying("HTTP/1.1 200 OK\n\ndata: first\n\n")) {
      var events = server.client().events("/x", "");
      assertThat(events.next()).isPresent();
      var reading = CompletableFuture.supplyAsync(events::next);

      events.close();

      assertThatThrownBy(reading::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(NimbusException.class);
    }
  }
}
