package dev.nimbus.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Followed streams and waiting requests, and how they end. */
class EventsTest {
  private static final long PATIENCE = 20;

  @Test
  void eventsArriveWhileTheStreamIsOpen() throws Exception {
    var source = new LinkedBlockingQueue<String>();
    var route =
        Route.get(
            "/events",
            Access.open(),
            _ ->
                Response.events(
                    sink -> {
                      for (var i = 1; i <= 2; i++) {
                        sink.send("line", "1." + i, Map.of("text", source.take()));
                      }
                    }));
    try (var served = Served.with(route)) {
      var answer =
          served.client().send(served.request("/events").build(), BodyHandlers.ofInputStream());
      assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
      try (var lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        source.add("one");
        assertThat(event(lines)).isEqualTo("id: 1.1|event: line|data: {\"text\":\"one\"}|");
        source.add("two");
        assertThat(event(lines)).isEqualTo("id: 1.2|event: line|data: {\"text\":\"two\"}|");
        assertThat(lines.readLine()).isNull();
      }
    }
  }

  @Test
  void aClientThatGoesAwayEndsItsStreamAtOnce() throws Exception {
    var following = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var route =
        Route.get(
            "/events",
            Access.open(),
            _ ->
                Response.events(
                    sink -> {
                      following.countDown();
                      while (sink.pause(Duration.ofHours(1))) {
                        sink.comment("never");
                      }
                      ended.countDown();
                    }));
    try (var served = Served.with(route)) {
      var socket = served.connect();
      socket
          .getOutputStream()
          .write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(following.await(PATIENCE, TimeUnit.SECONDS)).isTrue();

      socket.close();

      assertThat(ended.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closingTheServerEndsFollowersAndWaitersProperly() throws Exception {
    var waiting = new CountDownLatch(2);
    var follow =
        Route.get(
            "/events",
            Access.open(),
            _ ->
                Response.events(
                    sink -> {
                      waiting.countDown();
                      sink.pause(Duration.ofHours(1));
                    }));
    var poll =
        Route.get(
            "/poll",
            Access.open(),
            r -> {
              waiting.countDown();
              r.shutdown().await(Duration.ofHours(1));
              return Response.text(200, "text/plain", "nothing today");
            });
    try (var served = Served.with(follow, poll)) {
      var events =
          served.client().sendAsync(served.request("/events").build(), BodyHandlers.ofString());
      var polled =
          served.client().sendAsync(served.request("/poll").build(), BodyHandlers.ofString());
      assertThat(waiting.await(PATIENCE, TimeUnit.SECONDS)).isTrue();

      served.server.close();

      assertThat(polled.get(PATIENCE, TimeUnit.SECONDS).body()).isEqualTo("nothing today");
      assertThat(events.get(PATIENCE, TimeUnit.SECONDS).body()).startsWith(": following");
    }
  }

  @Test
  void aRequestInTheMiddleOfItsWorkMayFinishWhileTheServerCloses() throws Exception {
    var started = new CountDownLatch(1);
    var route =
        Route.get(
            "/work",
            Access.open(),
            r -> {
              started.countDown();
              r.shutdown().await(Duration.ofHours(1));
              return Response.text(200, "text/plain", "done");
            });
    try (var served = Served.with(route)) {
      var answer =
          served.client().sendAsync(served.request("/work").build(), BodyHandlers.ofString());
      assertThat(started.await(PATIENCE, TimeUnit.SECONDS)).isTrue();

      served.server.close();

      assertThat(answer.get(PATIENCE, TimeUnit.SECONDS).body()).isEqualTo("done");
    }
  }

  private static String event(BufferedReader lines) throws java.io.IOException {
    var event = new StringBuilder();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty() && event.length() > 0) {
        return event.toString();
      }
      if (!line.isEmpty() && !line.startsWith(":")) {
        event.append(line).append('|');
      }
    }
    return event.toString();
  }
}
