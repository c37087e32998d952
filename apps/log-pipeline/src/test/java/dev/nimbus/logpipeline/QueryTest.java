package dev.nimbus.logpipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.api.client.LogClient.Lines;
import dev.nimbus.api.client.Query;
import dev.nimbus.api.log.LogBatch;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueryTest {
  private final Served served;

  QueryTest(@TempDir Path folder) {
    served = Served.in(folder);
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void aLogIsReadPageByPageFromWhereTheLastPageEnded() {
    served.as(Served.JOB).append(Served.batch("j-1", 1, 25));

    var seen = new ArrayList<Long>();
    var pages = 0;
    var after = "";
    do {
      var page = query(new Query().with("job_id", "j-1").with("after", after).with("limit", "10"));
      page.items().forEach(line -> seen.add(line.sequence()));
      after = page.next() == null ? "" : page.next();
      pages++;
    } while (!after.isEmpty());

    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(25).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void everyJobOfTheTenantIsSearchedNewestFirst() {
    for (var job : List.of("j-1", "j-2", "j-3")) {
      served.as(Served.tokenOf(job)).append(Served.batch(job, 1, 20));
    }

    var first = query(new Query().with("contains", "line 1").with("limit", "15"));
    var second =
        query(
            new Query()
                .with("contains", "line 1")
                .with("limit", "30")
                .with("after", String.valueOf(first.next())));

    assertThat(first.items()).hasSize(15);
    assertThat(first.items().getFirst().job()).isEqualTo("j-3");
    assertThat(second.items()).hasSize(18).noneMatch(first.items()::contains);
    assertThat(second.items().getLast().job()).isEqualTo("j-1");
    assertThat(second.next()).isNull();
  }

  @Test
  void levelTimeAndTextNarrowTheAnswer() {
    var noon = Served.NOON;
    served
        .as(Served.JOB)
        .append(
            new LogBatch(
                "j-1",
                1,
                List.of(
                    line(1, noon, "debug", "compiling"),
                    line(2, noon.plusSeconds(1), "warn", "odd"),
                    line(3, noon.plusSeconds(2), "error", "broken"),
                    line(4, noon.plusSeconds(3), "error", "broken again"))));

    assertThat(sequences(job().with("level", "warn"))).containsExactly(2L, 3L, 4L);
    assertThat(sequences(job().with("contains", "broken"))).containsExactly(3L, 4L);
    assertThat(
            sequences(
                job()
                    .with("from", noon.plusSeconds(1).toString())
                    .with("until", noon.plusSeconds(3).toString())))
        .containsExactly(2L, 3L);
    assertThat(sequences(new Query().with("level", "error").with("contains", "again")))
        .containsExactly(4L);
  }

  @Test
  void aJobsTokenReadsItsOwnLogOnly() {
    served.as(Served.JOB).append(Served.batch("j-1", 1, 2));
    served.as(Served.tokenOf("j-2")).append(Served.batch("j-2", 1, 2));
    var client = served.as(Served.JOB);

    assertThat(client.query(new Query()).items()).extracting(LogLine::job).containsOnly("j-1");
    assertThat(client.query(job()).items()).hasSize(2);
    assertFails(() -> client.query(new Query().with("job_id", "j-2")), Kind.DENIED, "j-1");
  }

  @Test
  void noTenantSeesAnother() {
    served.as(Served.JOB).append(Served.batch("j-1", 1, 2));
    served
        .as("job/rival/j-1/1/logs:write")
        .append(new LogBatch("j-1", 1, List.of(Served.line(1, "rival's"))));

    assertThat(texts(served.as("admin/rival").query(new Query()))).containsExactly("rival's");
    assertThat(texts(served.as("admin/rival").query(job()))).containsExactly("rival's");
    assertThat(texts(served.as("admin/acme").query(job()))).containsExactly("line 1", "line 2");
    assertThat(served.as("admin/third").query(new Query()).items()).isEmpty();
    assertFails(
        () -> served.as("admin/acme").query(job().with("org", "rival")), Kind.DENIED, "rival");
    var operator = served.as("admin/*");
    assertThat(texts(operator.query(job().with("org", "rival")))).containsExactly("rival's");
    assertThat(operator.query(job()).items()).isEmpty();
  }

  @Test
  void agentsReadNothing() {
    assertFails(() -> served.as("agent/acme").query(new Query()), Kind.DENIED, "agent");
  }

  @Test
  void aQuestionThatMakesNoSenseIsRefused() {
    assertInvalid(job().with("after", "third"), "third");
    assertInvalid(new Query().with("after", "third"), "third");
    assertInvalid(job().with("level", "loud"), "loud");
    assertInvalid(job().with("from", "yesterday"), "yesterday");
    assertInvalid(job().with("limit", "0"), "limit");
    assertInvalid(job().with("limit", "10001"), "limit");
    assertInvalid(new Query().with("job_id", "Not A Job"), "Not A Job");
    assertInvalid(job().with("contains", "x".repeat(1001)), "more than 1000");
  }

  private static Query job() {
    return new Query().with("job_id", "j-1");
  }

  private static LogLine line(long sequence, Instant at, String level, String text) {
    return new LogLine(null, null, sequence, at, "console", level, text, true);
  }

  private Lines query(Query query) {
    return served.as(Served.READER).query(query);
  }

  private List<Long> sequences(Query query) {
    return query(query).items().stream().map(LogLine::sequence).toList();
  }

  private static List<String> texts(Lines lines) {
    return lines.items().stream().map(LogLine::text).toList();
  }

  private void assertInvalid(Query query, String value) {
    assertFails(() -> query(query), Kind.INVALID, value);
  }

  private static void assertFails(Runnable call, Kind kind, String why) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(NimbusException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(why);
  }
}
