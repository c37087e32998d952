package dev.nimbus.cli.jobs;

import static dev.nimbus.cli.FakeControlPlane.end;
import static dev.nimbus.cli.FakeControlPlane.events;
import static dev.nimbus.cli.FakeControlPlane.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.Documents;
import dev.nimbus.cli.FakeControlPlane;
import dev.nimbus.cli.Typed;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LogsCommandTest {
  private static final String LOG = "GET /api/jobs/j-1/logs";

  private final FakeControlPlane plane = new FakeControlPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  private static String stored(long sequence, String text) {
    return """
    {"job":"j-1","attempt":1,"sequence":%d,"at":"2026-11-22T11:00:00Z","source":"console","level":"info","text":"%s","complete":true}"""
        .formatted(sequence, text);
  }

  private static String page(long from, long to) {
    return Documents.items(
        LongStream.rangeClosed(from, to)
            .mapToObj(n -> stored(n, "line " + n))
            .toArray(String[]::new));
  }

  @Test
  void aLogOfManyPagesIsPrintedWhole() {
    plane.on(LOG, page(1, 1_000)).on(LOG, page(1_001, 1_500));

    var typed = Typed.at(plane, "logs", "j-1");

    assertThat(typed.out().lines()).hasSize(1_500).startsWith("line 1").endsWith("line 1500");
    assertThat(plane.asked(LOG).getLast().parameters()).contains("after=1.1000");
  }

  @Test
  void noMoreLinesAreAskedForThanWanted() {
    plane.on(LOG, page(1, 3));

    Typed.at(plane, "logs", "j-1", "--limit", "3", "--contains", "a b", "--level", "warn");

    assertThat(plane.asked(LOG)).hasSize(1);
    assertThat(plane.asked(LOG).getFirst().parameters())
        .containsExactlyInAnyOrder("contains=a+b", "level=warn", "limit=3");
  }

  @Test
  void asJsonEveryLineIsADocument() {
    plane.on(LOG, page(1, 2));

    assertThat(Typed.at(plane, "logs", "j-1", "--json").out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"job\":\"j-1\",") && line.endsWith("}"));
  }

  @Test
  void followingPrintsUntilTheJobHasEnded() {
    plane.on(LOG, events(line(1, 1, "one"))).on(LOG, events(line(1, 2, "two"), end()));

    var typed = Typed.at(plane, "logs", "j-1", "-f");

    assertThat(typed.out()).isEqualTo("one\ntwo\n");
    assertThat(typed.code()).isZero();
  }

  @Test
  void followingDoesNotGoWithFilters() {
    assertThat(Typed.at(plane, "logs", "j-1", "-f", "--limit", "1").code()).isEqualTo(2);
  }
}
