package dev.nimbus.logpipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.api.client.Query;
import dev.nimbus.api.log.LogBatch;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.api.log.LogReceipt;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppendTest {
  private final Served served;

  AppendTest(@TempDir Path folder) {
    served = Served.in(folder);
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void whatAJobShipsComesBackInOrder() {
    var receipt = served.as(Served.JOB).append(Served.batch("j-1", 1, 3));

    assertThat(receipt).isEqualTo(new LogReceipt(1, 3));
    assertThat(lines())
        .containsExactly(
            new LogLine("j-1", 1L, 1, Served.NOON, "console", "info", "line 1", true),
            new LogLine("j-1", 1L, 2, Served.NOON, "console", "info", "line 2", true),
            new LogLine("j-1", 1L, 3, Served.NOON, "console", "info", "line 3", true));
    assertThat(served.metric("nimbus_logs_lines_total")).isEqualTo(3);
    assertThat(served.metric("nimbus_logs_batches_total")).isEqualTo(1);
    assertThat(served.metric("nimbus_logs_chars_total")).isEqualTo(18);
  }

  @Test
  void aRepeatedBatchIsAcknowledgedAndNotStoredAgain() {
    served.as(Served.JOB).append(Served.batch("j-1", 1, 3));

    var receipt = served.as(Served.JOB).append(Served.batch("j-1", 2, 5));

    assertThat(receipt).isEqualTo(new LogReceipt(1, 5));
    assertThat(lines()).extracting(LogLine::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(served.metric("nimbus_logs_duplicates_total")).isEqualTo(2);
  }

  @Test
  void aBatchThatComesTooLateIsSkippedAndTheGapCounted() {
    served.as(Served.JOB).append(Served.batch("j-1", 4, 6));

    var receipt = served.as(Served.JOB).append(Served.batch("j-1", 1, 3));

    assertThat(receipt).isEqualTo(new LogReceipt(1, 6));
    assertThat(lines()).extracting(LogLine::sequence).containsExactly(4L, 5L, 6L);
    assertThat(served.metric("nimbus_logs_jumped_total")).isEqualTo(3);
  }

  @Test
  void aTokenIsGoodForItsOwnJobAndAttemptOnly() {
    assertDenied(Served.JOB, Served.batch("j-2", 1, 1), "token is for 'j-1'");
    assertDenied(
        Served.JOB, new LogBatch("j-1", 2, Served.batch("j-1", 1, 1).lines()), "attempt 2");
    assertDenied("job/acme/j-1/1/cache:write", Served.batch("j-1", 1, 1), "logs:write");
    for (var audience : List.of("admin", "agent", "service")) {
      assertDenied(audience + "/acme", Served.batch("j-1", 1, 1), audience);
    }
    assertThat(lines()).isEmpty();
  }

  @Test
  void aTokenNobodyKnowsIsNotLetIn() throws Exception {
    assertThat(served.post("nonsense", new byte[0]).statusCode()).isEqualTo(401);
  }

  @Test
  void anOlderAttemptMayStillShipItsOwnLines() {
    served.as(Served.JOB).append(Served.batch("j-1", 1, 1));
    served.as("job/acme/j-1/2/logs:write").append(attempt(2, 1, 1));
    served.as(Served.JOB).append(Served.batch("j-1", 2, 2));
    served.as("job/acme/j-1/2/logs:write").append(attempt(2, 2, 2));

    assertThat(lines())
        .extracting(line -> line.attempt() + "." + line.sequence())
        .containsExactly("1.1", "1.2", "2.1", "2.2");
  }

  @Test
  void aBadLineIsRefusedWithItsIndexAndValue() throws Exception {
    var bad =
        Map.of(
            "{'sequence':0,'at':'2026-11-22T12:00:00Z','source':'console','level':'info','text':'x','complete':true}",
            "sequence 0 is less than 1",
            "{'sequence':1,'at':'2026-11-22T12:00:00Z','source':'console','level':'info','text':'x','complete':true}",
            "sequence 1 does not rise above 1",
            "{'sequence':2,'at':'2026-11-22T12:00:00Z','source':'printer','level':'info','text':'x','complete':true}",
            "source 'printer'",
            "{'sequence':2,'at':'2026-11-22T12:00:00Z','source':'console','level':'loud','text':'x','complete':true}",
            "level 'loud'",
            "{'sequence':2,'at':'2026-11-22T12:00:00Z','source':'console','level':'info','complete':true}",
            "'lines[1].text' is missing",
            "{'sequence':2,'source':'console','level':'info','text':'x','complete':true}",
            "'lines[1].at' is missing",
            "null",
            "'lines[1]' is null");
    for (var entry : bad.entrySet()) {
      var answer =
          post(
              "{'job':'j-1','attempt':1,'lines':[{'sequence':1,'at':'2026-11-22T12:00:00Z',"
                  + "'source':'console','level':'info','text':'fine','complete':true},"
                  + entry.getKey()
                  + "]}");
      assertThat(answer)
          .contains("\"status\":400")
          .containsAnyOf("line 1 of the batch", "lines[1]")
          .contains(entry.getValue());
    }
    assertThat(lines()).isEmpty();
  }

  @Test
  void whatIsNoBatchIsRefused() throws Exception {
    for (var body :
        List.of(
            "", "null", "[]", "{", "{'job':'j-1','attempt':1}", "{'lines':[]}", "\u0000\u0001")) {
      assertThat(post(body)).as(body).containsAnyOf("\"status\":400", "\"status\":403");
    }
    var garbage = new byte[100_000];
    new SplittableRandom(3).nextBytes(garbage);
    assertThat(served.post(Served.JOB, garbage).statusCode()).isEqualTo(400);
    assertThat(lines()).isEmpty();
  }

  @Test
  void fieldsOfANewerShipperAreIgnored() throws Exception {
    var answer =
        post(
            "{'job':'j-1','attempt':1,'colour':'red','lines':[{'sequence':1,"
                + "'at':'2026-11-22T12:00:00Z','source':'console','level':'info','text':'x',"
                + "'complete':true,'pid':7}]}");

    assertThat(answer).contains("\"last_sequence\":1");
  }

  @Test
  void binaryTextSurvives() throws Exception {
    var random = new SplittableRandom(5);
    var texts = new ArrayList<String>();
    for (var i = 0; i < 50; i++) {
      var bytes = new byte[300];
      random.nextBytes(bytes);
      texts.add(new String(bytes, StandardCharsets.UTF_8));
      texts.add(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    served.as(Served.JOB).append(Served.batch(texts.toArray(String[]::new)));
    post(
        "{'job':'j-1','attempt':1,'lines':[{'sequence':101,'at':'2026-11-22T12:00:00Z',"
            + "'source':'nimbus','level':'info','text':'half \\ud83d \\u0000','complete':true}]}");

    assertThat(lines()).extracting(LogLine::text).startsWith(texts.toArray(String[]::new));
    assertThat(lines().getLast().text()).isEqualTo("half \uFFFD \u0000");
  }

  @Test
  void theLongestLineIsTakenAndALongerOneIsNot() {
    var longest = "\u0001€".repeat(32 * 1024);
    served.as(Served.JOB).append(Served.batch(longest));

    assertThat(lines()).extracting(LogLine::text).containsExactly(longest);
    assertThatThrownBy(
            () ->
                served
                    .as(Served.JOB)
                    .append(new LogBatch("j-1", 1, List.of(Served.line(2, longest + "x")))))
        .hasMessageContaining("line 0")
        .hasMessageContaining("65537 characters");
  }

  @Test
  void aBodyThatIsTooLongIsRefused() throws Exception {
    var answer = served.post(Served.JOB, new byte[(8 << 20) + 1]);

    assertThat(answer.statusCode()).isEqualTo(413);
    served.as(Served.JOB).append(Served.batch("j-1", 1, 1));
  }

  @Test
  void aBatchWithTooManyLinesIsRefused() {
    assertThatThrownBy(() -> served.as(Served.JOB).append(Served.batch("j-1", 1, 10_001)))
        .hasMessageContaining("10000");
  }

  @Test
  void aJobThatSendsTooMuchAtOnceWaitsWhileOthersDoNot() throws Exception {
    var sockets = new ArrayList<Socket>();
    try {
      // One that arrives while the asking batch is stored is refused, so each asking adds another.
      Served.await(
          () ->
              sockets.add(beginToSend(Served.JOB))
                  && exhausted(Served.JOB, Served.batch("j-1", 1, 1)));
      served.as(Served.tokenOf("j-2")).append(Served.batch("j-2", 1, 1));
    } finally {
      for (var socket : sockets) {
        socket.close();
      }
    }
    Served.await(() -> !exhausted(Served.JOB, Served.batch("j-1", 1, 1)));
  }

  private Socket beginToSend(String token) {
    var head =
        "POST /logs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 1000\r\n\r\n{"
            .formatted(token);
    try {
      var socket = served.connect();
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean exhausted(String token, LogBatch batch) {
    try {
      served.as(token).append(batch);
      return false;
    } catch (NimbusException e) {
      return e.kind() == Kind.EXHAUSTED;
    }
  }

  private static LogBatch attempt(long attempt, long from, long to) {
    return new LogBatch("j-1", attempt, Served.batch("j-1", from, to).lines());
  }

  private void assertDenied(String token, LogBatch batch, String why) {
    assertThatThrownBy(() -> served.as(token).append(batch))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
        .hasMessageContaining(why);
  }

  private String post(String json) throws Exception {
    var body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    var answer = served.post(Served.JOB, body);
    return answer.statusCode() == 200
        ? Json.text(Json.read(answer.body().getBytes(StandardCharsets.UTF_8), LogReceipt.class))
        : answer.body();
  }

  private List<LogLine> lines() {
    return served.as(Served.READER).query(new Query().with("job_id", "j-1")).items();
  }
}
