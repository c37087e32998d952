package dev.nimbus.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a client sends that is too much, too slow or no HTTP at all. */
class LimitsTest {
  private static final HttpConfig IMPATIENT =
      HttpConfig.of("127.0.0.1", 0)
          .withShutdownGrace(Duration.ofSeconds(2))
          .withLimits(
              new HttpConfig.Limits(
                  8192, Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofHours(1), 100));
  private static final long GIGABYTE = 1L << 30;

  private static final Route ECHO =
      Route.post(
              "/echo",
              Access.open(),
              r -> Response.json(200, java.util.Map.of("n", r.body().length)))
          .takesBytes("application/octet-stream");

  @Test
  void anAnnouncedGigabyteIsRefusedBeforeItIsRead() throws Exception {
    try (var served = Served.with(ECHO);
        var socket = served.connect()) {
      send(socket, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");

      assertThat(statusLine(socket)).contains("413");
    }
  }

  @Test
  void aGigabyteInChunksIsRefusedEarlyAndTheConnectionCloses() throws Exception {
    try (var served = Served.with(ECHO);
        var socket = served.connect()) {
      send(socket, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");

      var sent = sendChunks(socket.getOutputStream(), 1 << 14, GIGABYTE);

      assertThat(sent).isLessThan(200L << 20);
      assertThat(statusLine(socket)).contains("413");
    }
  }

  @Test
  void oneChunkOfAGigabyteIsNotHeldInMemory() throws Exception {
    var read = new AtomicLong();
    var route =
        Route.put(
                "/big",
                Access.open(),
                r -> {
                  read.set(r.stream().readAllBytes().length);
                  return Response.empty(204);
                })
            .takesBytes("application/octet-stream")
            .upTo(2 * GIGABYTE);
    try (var served = Served.with(route);
        var socket = served.connect()) {
      send(
          socket, "PUT /big HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n40000000\r\n");

      var sent = sendZeros(socket.getOutputStream(), GIGABYTE);

      assertThat(sent).isLessThan(200L << 20);
      assertThat(statusLine(socket)).contains("413");
      assertThat(read).hasValue(0);
    }
  }

  @Test
  void aHandlerThatDoesNotWantTheBodyDoesNotHaveToReadIt() throws Exception {
    var route =
        Route.put("/big", Access.open(), _ -> Response.empty(204))
            .takesBytes("application/octet-stream")
            .upTo(2 * GIGABYTE);
    try (var served = Served.with(route);
        var socket = served.connect()) {
      send(socket, "PUT /big HTTP/1.1\r\nHost: x\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");

      assertThat(Served.untilClosed(socket)).contains("204").contains("Connection: close");
    }
  }

  @Test
  void aBodyThatIsNeverSentForWantOfAnInvitationIsNotWaitedFor() throws Exception {
    var route = Route.put("/big", Access.bearer(), _ -> Response.empty(204)).upTo(100);
    try (var served = Served.with(route);
        var socket = served.connect()) {
      send(
          socket,
          "PUT /big HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");

      assertThat(Served.untilClosed(socket)).contains("401").doesNotContain("100 Continue");
    }
  }

  @Test
  void headersThatTrickleInAreCutOff() throws Exception {
    try (var served = Served.with(IMPATIENT, ECHO);
        var socket = served.connect()) {
      send(socket, "POST /echo HTTP/1.1\r\nHost: x\r\nX-Slow: ");

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aBodyThatStallsIsCutOff() throws Exception {
    try (var served = Served.with(IMPATIENT, ECHO);
        var socket = served.connect()) {
      send(socket, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");

      assertThat(Served.untilClosed(socket)).doesNotContain("200 OK");
    }
  }

  @Test
  void aBodyThatTakesTooLongAsAWholeIsCutOffBeforeItStalls() throws Exception {
    var patient =
        IMPATIENT.withLimits(
            new HttpConfig.Limits(
                8192, Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(300), 100));
    try (var served = Served.with(patient, ECHO);
        var socket = served.connect()) {
      send(socket, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n12345");

      assertThat(Served.untilClosed(socket)).doesNotContain("200 OK");
    }
  }

  @Test
  void aClientThatTakesNothingIsCutOff() throws Exception {
    var failed = new java.util.concurrent.CountDownLatch(1);
    var route =
        Route.get(
            "/endless",
            Access.open(),
            _ ->
                Response.stream(
                    200,
                    "text/plain",
                    java.util.OptionalLong.empty(),
                    to -> {
                      try {
                        while (true) {
                          to.write(new byte[1 << 16]);
                        }
                      } finally {
                        failed.countDown();
                      }
                    }));
    try (var served = Served.with(IMPATIENT, route);
        var socket = served.connect()) {
      send(socket, "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(failed.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void anIdleConnectionMayStayLongerThanARequestMayTake() throws Exception {
    try (var served = Served.with(IMPATIENT, ECHO);
        var socket = served.connect();
        var other = served.connect()) {
      var request = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1";
      send(socket, request);
      assertThat(upTo(socket, '}')).contains("200");
      send(other, "POST /echo HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      assertThat(other.getInputStream().read()).isEqualTo(-1);

      send(socket, request);

      assertThat(upTo(socket, '}')).contains("200");
    }
  }

  @Test
  void headersBeyondTheLimitAreRefused() throws Exception {
    try (var served = Served.with(IMPATIENT, ECHO)) {
      var answer =
          served.raw(
              "POST /echo HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n");

      assertThat(answer).contains("400").contains("application/problem+json");
    }
  }

  @Test
  void garbageAfterARequestIsRefusedAfterThatRequestWasAnswered() throws Exception {
    try (var served = Served.with(ECHO)) {
      var answer =
          served.raw(
              "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}\u0000\u0001garbage\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 200").contains("400");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    var one = Route.get("/one", Access.open(), _ -> Response.text(200, "text/plain", "first"));
    var two = Route.get("/two", Access.open(), _ -> Response.text(200, "text/plain", "second"));
    try (var served = Served.with(one, two)) {
      var first = "GET /one HTTP/1.1\r\nHost: x\r\n\r\n";
      var last = "GET /two HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      var answer = served.raw(first + last);

      assertThat(answer).containsSubsequence("first", "second");
    }
  }

  @Test
  void twoLengthsOrALengthWithChunksAreRefused() throws Exception {
    try (var served = Served.with(ECHO)) {
      assertThat(served.raw(head("Content-Length: 2", "Transfer-Encoding: chunked") + "0\r\n\r\n"))
          .contains("HTTP/1.1 400");
      assertThat(served.raw(head("Content-Length: 2", "Content-Length: 3") + "{}x"))
          .contains("HTTP/1.1 400");
    }
  }

  private static String head(String... headers) {
    return "POST /echo HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Sends chunks until everything is sent or the server has had enough; returns how much it took.
   */
  private static long sendChunks(OutputStream out, int size, long total) throws IOException {
    var chunk = (Integer.toHexString(size) + "\r\n" + "0".repeat(size) + "\r\n");
    var bytes = chunk.getBytes(StandardCharsets.ISO_8859_1);
    var sent = 0L;
    try {
      for (; sent < total; sent += size) {
        out.write(bytes);
      }
    } catch (SocketException e) {
      return sent;
    }
    return sent;
  }

  private static long sendZeros(OutputStream out, long total) throws IOException {
    var bytes = new byte[1 << 16];
    var sent = 0L;
    try {
      for (; sent < total; sent += bytes.length) {
        out.write(bytes);
      }
    } catch (SocketException e) {
      return sent;
    }
    return sent;
  }

  private static String statusLine(Socket socket) throws IOException {
    return upTo(socket, '\r');
  }

  private static String upTo(Socket socket, char end) throws IOException {
    var text = new StringBuilder();
    for (var c = socket.getInputStream().read(); c >= 0 && c != end; ) {
      text.append((char) c);
      c = socket.getInputStream().read();
    }
    return text.toString();
  }
}
