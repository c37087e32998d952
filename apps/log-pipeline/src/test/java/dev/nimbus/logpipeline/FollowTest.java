package dev.nimbus.logpipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.api.client.EventStream;
import dev.nimbus.api.client.Query;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class FollowTest {
  private final Served served;

  FollowTest(@TempDir Path folder) {
    served = Served.in(folder);
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void aFollowerSeesWhatIsThereAndWhatComes() {
    served.as(Served.JOB).append(Served.batch("j-1", 1, 2));
    try (var stream = follow("j-1", "")) {
      assertThat(take(stream, 2)).containsExactly("1.1 line 1", "1.2 line 2");

      served.as(Served.JOB).append(Served.batch("j-1", 3, 4));

      assertThat(take(stream, 2)).containsExactly("1.3 line 3", "1.4 line 4");
    }
  }

  @Test
  void aJobMayBeFollowedBeforeItsFirstLine() {
    try (var stream = follow("j-1", "")) {
      Served.await(() -> served.metric("nimbus_logs_followers") == 1);
      served.as(Served.JOB).append(Served.batch("j-1", 1, 1));

      assertThat(take(stream, 1)).containsExactly("1.1 line 1");
    }
  }

  @Test
  void aFollowerGoesOnWhereItWas() throws Exception {
    served.as(Served.JOB).append(Served.batch("j-1", 1, 5));
    try (var stream = follow("j-1", "1.3")) {
      assertThat(take(stream, 2)).containsExactly("1.4 line 4", "1.5 line 5");
    }
    try (var socket = raw("j-1", "Last-Event-ID: 1.4\r\n")) {
      assertThat(readUntil(socket, "line 5")).doesNotContain("line 4");
    }
  }

  @Test
  void manyFollowersOfOneJobAllSeeEverything() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var followers = new ArrayList<Future<List<Long>>>();
      for (var i = 0; i < 50; i++) {
        followers.add(threads.submit(() -> sequences("j-1", 500)));
      }
      for (var from = 1; from <= 500; from += 10) {
        served.as(Served.JOB).append(Served.batch("j-1", from, from + 9));
      }
      for (var follower : followers) {
        assertThat(follower.get()).isEqualTo(upTo(500));
      }
    }
    Served.await(() -> served.metric("nimbus_logs_followers") == 0);
  }

  @Test
  void aReaderThatStallsDoesNotHurtAnyoneElse() throws Exception {
    try (var stalled = raw("j-1", "");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      readUntil(stalled, "following");
      var follower = threads.submit(() -> sequences("j-1", 10_000));
      for (var from = 1; from <= 10_000; from += 1000) {
        served.as(Served.JOB).append(Served.batch("j-1", from, from + 999));
      }
      served.as(Served.tokenOf("j-2")).append(Served.batch("j-2", 1, 1));

      assertThat(sequences("j-2", 1)).isEqualTo(upTo(1));
      assertThat(follower.get()).isEqualTo(upTo(10_000));
      assertThat(served.as(Served.READER).query(new Query().with("job_id", "j-2")).items())
          .hasSize(1);
    }
  }

  @Test
  void aFollowerWhoLeavesIsForgotten() throws Exception {
    try (var socket = raw("j-1", "")) {
      readUntil(socket, "following");
      Served.await(() -> served.metric("nimbus_logs_followers") == 1);
    }
    Served.await(() -> served.metric("nimbus_logs_followers") == 0);
  }

  @Test
  void followersAreLetGoWhenTheServiceEnds() {
    var stream = follow("j-1", "");
    Served.await(() -> served.metric("nimbus_logs_followers") == 1);

    served.close();

    assertThat(stream.next()).isEmpty();
  }

  @Test
  void followingNeedsTheRightTokenAndAJob() throws Exception {
    assertThatThrownBy(() -> served.as(Served.JOB).follow(new Query().with("job_id", "j-1")))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("job");
    assertThat(served.get("admin/acme", "/logs/stream").body()).contains("job_id");
    assertThat(served.get("admin/acme", "/logs/stream?job_id=j-1&after=x").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aFollowerSeesNoOtherTenant() {
    served.as("job/rival/j-1/1/logs:write").append(Served.batch("j-1", 1, 3));
    served.as(Served.JOB).append(Served.batch("j-1", 1, 1));
    try (var stream = follow("j-1", "")) {
      assertThat(take(stream, 1)).containsExactly("1.1 line 1");
      served.as("job/rival/j-1/1/logs:write").append(Served.batch("j-1", 4, 5));
      served.as(Served.JOB).append(Served.batch("j-1", 2, 2));
      assertThat(take(stream, 1)).containsExactly("1.2 line 2");
    }
  }

  private EventStream follow(String job, String after) {
    return served.as(Served.READER).follow(new Query().with("job_id", job).with("after", after));
  }

  private List<Long> sequences(String job, int count) {
    var seen = new ArrayList<Long>();
    try (var stream = follow(job, "")) {
      while (seen.size() < count) {
        seen.add(line(stream.next().orElseThrow().data()).sequence());
      }
    }
    return seen;
  }

  private static List<String> take(EventStream stream, int count) {
    var seen = new ArrayList<String>();
    for (var i = 0; i < count; i++) {
      var event = stream.next().orElseThrow();
      assertThat(event.name()).isEqualTo("line");
      seen.add(event.id() + " " + line(event.data()).text());
    }
    return seen;
  }

  private static LogLine line(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), LogLine.class);
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private Socket raw(String job, String header) throws IOException {
    var socket = served.connect();
    var request =
        "GET /logs/stream?job_id=%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n"
            .formatted(job, Served.READER, header);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static String readUntil(Socket socket, String word) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf(word) < 0) {
      text.append((char) socket.getInputStream().read());
    }
    return text.toString();
  }
}
