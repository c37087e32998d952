package dev.nimbus.cli.run;

import static dev.nimbus.cli.FakeControlPlane.end;
import static dev.nimbus.cli.FakeControlPlane.events;
import static dev.nimbus.cli.FakeControlPlane.json;
import static dev.nimbus.cli.FakeControlPlane.line;
import static dev.nimbus.cli.FakeControlPlane.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.Documents;
import dev.nimbus.cli.FakeControlPlane;
import dev.nimbus.cli.Typed;
import dev.nimbus.cli.json.JsonText;
import dev.nimbus.core.job.ByteSize;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunCommandTest {
  private static final String SUBMIT = "POST /api/jobs";
  private static final String LOG = "GET /api/jobs/j-1/logs";
  private static final String SHOW = "GET /api/jobs/j-1";

  private final FakeControlPlane plane = new FakeControlPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  private void ending(String state, int code, FakeControlPlane.Answer... logs) {
    plane
        .on(SUBMIT, json(201, Documents.waiting()))
        .on(SHOW, Documents.detail(Documents.ended(state, code)));
    List.of(logs).forEach(log -> plane.on(LOG, log));
  }

  @Test
  void theOutputOfTheJobIsPrintedAndItsCodeIsTheExitCode() {
    ending("failed", 3, events(line(1, 1, "hello"), line(1, 2, "wörld"), end()));

    var typed = Typed.at(plane, "run", "--", "sh", "-c", "echo hello; exit 3");

    assertThat(typed.out()).isEqualTo("hello\nwörld\n");
    assertThat(typed.code()).isEqualTo(3);
  }

  @Test
  void oneLineOnStderrSaysHowItWent() {
    ending("succeeded", 0, events(end()));

    var typed = Typed.at(plane, "run", "true");

    assertThat(typed.err())
        .isEqualTo(
            "nimbus: j-1 succeeded · queued 5 ms · start 15 ms · run 1.25 s · "
                + plane.url()
                + "/jobs/j-1 · nimbus logs j-1\n");
  }

  @Test
  void partsOfALineArePrintedAsTheyCome() {
    ending(
        "succeeded",
        0,
        events(line(1, 1, "console", "50% ", false), line(1, 2, "console", "100%", true), end()));

    assertThat(Typed.at(plane, "run", "true").out()).isEqualTo("50% 100%\n");
  }

  @Test
  void remarksOfNimbusAreOnlyShownWhenAskedFor() {
    ending("succeeded", 0, events(line(1, 1, "nimbus", "nimbus: ended exit=0", true), end()));

    assertThat(Typed.at(plane, "run", "true").err()).doesNotContain("exit=0");
    assertThat(Typed.at(plane, "run", "--verbose", "true").err()).contains("ended exit=0\n");
    assertThat(Typed.at(plane, "run", "--verbose", "true").out()).isEmpty();
  }

  @Test
  void aBrokenConnectionIsMadeAgainAndNoLineIsLostOrDoubled() {
    ending(
        "succeeded",
        0,
        events(line(1, 1, "one"), line(1, 2, "two")),
        problem(503, "unavailable", "restarting"),
        events(line(1, 2, "two"), line(1, 3, "three"), line(2, 1, "again"), end()));

    var typed = Typed.at(plane, "run", "true");

    assertThat(typed.out()).isEqualTo("one\ntwo\nthree\nagain\n");
    assertThat(plane.asked(LOG).getLast().headers()).containsEntry("Last-event-id", "1.2");
    assertThat(typed.err()).contains("connection lost").contains("connected again");
  }

  @Test
  void everyOptionReachesTheControlPlane() {
    ending("succeeded", 0, events(end()));
    var words =
        List.of(
            "run",
            "--label",
            "docker",
            "--label",
            "gpu",
            "--image",
            "debian",
            "--cpus",
            "1.5",
            "--memory",
            "2GiB",
            "--timeout",
            "90s",
            "--env",
            "A=b=c",
            "--env",
            "NIMBUS_TOKEN",
            "--repository",
            "acme/shop",
            "--network",
            "none",
            "--metadata",
            "lr=0.1",
            "--",
            "make",
            "--jobs=2");

    Typed.at(plane, words.toArray(String[]::new));

    assertThat(JsonText.read(plane.asked(SUBMIT).getFirst().body()))
        .isEqualTo(
            Map.of(
                "command",
                List.of("make", "--jobs=2"),
                "env",
                Map.of("A", "b=c", "NIMBUS_TOKEN", "t"),
                "labels",
                List.of("docker", "gpu"),
                "image",
                "debian",
                "cpus",
                1.5,
                "memory_bytes",
                2L << 30,
                "timeout_ms",
                90_000L,
                "repository",
                "acme/shop",
                "network",
                "none",
                "metadata",
                Map.of("lr", "0.1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5GiB", "2GB", "512m", "1048576"})
  void memoryMeansTheSameAsInALabel(String size) {
    plane.on(SUBMIT, json(201, Documents.waiting()));

    Typed.at(plane, "run", "--detach", "--memory", size, "true");

    assertThat(JsonText.read(plane.asked(SUBMIT).getFirst().body()))
        .isEqualTo(Map.of("command", List.of("true"), "memory_bytes", ByteSize.parse(size)));
  }

  @Test
  void everySubmissionHasItsOwnIdempotencyKeyAndTheToken() {
    ending("succeeded", 0, events(end()));

    Typed.at(plane, "run", "true");
    Typed.at(plane, "run", "true");

    var keys = plane.asked(SUBMIT).stream().map(a -> a.headers().get("Idempotency-key")).toList();
    assertThat(keys).hasSize(2).doesNotHaveDuplicates().allMatch(key -> key.length() > 20);
    assertThat(plane.asked(SUBMIT).getFirst().headers()).containsEntry("Authorization", "Bearer t");
  }

  @Test
  void aDetachedJobIsOnlyNamed() {
    plane.on(SUBMIT, json(201, Documents.waiting()));

    var typed = Typed.at(plane, "run", "--detach", "true");

    assertThat(typed).isEqualTo(new Typed(0, "j-1\n", ""));
    assertThat(plane.asked(LOG)).isEmpty();
  }

  @Test
  void asJsonEverythingIsOneDocumentPerLine() {
    ending("failed", 3, events(line(1, 1, "hello"), end()));

    var typed = Typed.at(plane, "run", "--json", "true");

    var lines = typed.out().lines().map(line -> (Map<?, ?>) read(line)).toList();
    assertThat(lines).hasSize(3);
    assertThat(String.valueOf(lines.get(1).get("line"))).contains("text=hello");
    assertThat(String.valueOf(lines.get(2).get("job"))).contains("exit_code=3");
    assertThat(typed.err()).isEmpty();
  }

  private static Object read(String line) {
    var value = JsonText.read(line);
    assertThat(value).isNotNull();
    return value == null ? "" : value;
  }

  @Test
  void aRefusalIsOneClearLine() {
    plane.on(SUBMIT, problem(422, "invalid", "A job needs a command"));

    assertThat(Typed.at(plane, "run", "true"))
        .isEqualTo(new Typed(1, "", "nimbus: A job needs a command\n"));
  }

  @Test
  void valuesThatMakeNoSenseAreWrongUsage() {
    assertThat(Typed.at(plane, "run", "--cpus", "many", "true").err())
        .isEqualTo("nimbus: --cpus is 'many', but wants a number such as 2 or 0.5\n");
    assertThat(Typed.at(plane, "run", "--memory", "big", "true").code()).isEqualTo(2);
    assertThat(Typed.at(plane, "run", "--timeout", "soon", "true").code()).isEqualTo(2);
    assertThat(Typed.at(plane, "run", "--env", "NOT_SET", "true").code()).isEqualTo(2);
    assertThat(Typed.at(plane, "run", "--metadata", "=x", "true").code()).isEqualTo(2);
    assertThat(Typed.at(plane, "run").code()).isEqualTo(2);
    assertThat(plane.asked(SUBMIT)).isEmpty();
  }

  @Test
  void anUnreachableControlPlaneIsNamed() {
    var gone = new FakeControlPlane();
    gone.close();

    var typed = Typed.at(gone, "run", "true");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).startsWith("nimbus: POST " + gone.url() + "/api/jobs failed: ");
    assertThat(typed.err().lines()).hasSize(1);
  }
}
