package dev.nimbus.cli.jobs;

import static dev.nimbus.cli.FakeControlPlane.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.Documents;
import dev.nimbus.cli.FakeControlPlane;
import dev.nimbus.cli.Typed;
import dev.nimbus.cli.json.JsonText;
import dev.nimbus.cli.terminal.Terminal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobCommandsTest {
  private final FakeControlPlane plane = new FakeControlPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void jobsAreATableForPeople() {
    plane.on("GET /api/jobs", Documents.items(Documents.ended("failed", 3), Documents.waiting()));

    assertThat(Typed.at(plane, "jobs", "recent").out())
        .isEqualTo(
            """
            JOB  STATE    EXIT  AGE      RAN     HOST     COMMAND
            j-1  failed   3     30.00 s  1.25 s  build-1  make test
            j-1  waiting        30.00 s                   make test
            """);
  }

  @Test
  void metadataHasAColumnWhenAskedFor() {
    plane.on("GET /api/jobs", Documents.items(Documents.waiting()));

    assertThat(Typed.at(plane, "jobs", "recent", "--with-metadata").out()).contains("lr=0.1");
  }

  @Test
  void filtersReachTheControlPlane() {
    plane.on("GET /api/jobs", Documents.items());

    Typed.at(
        plane,
        "jobs",
        "list",
        "--limit",
        "7",
        "--label",
        "docker",
        "--status",
        "failed",
        "--metadata-key",
        "lr",
        "--metadata-value",
        "0.1 x");

    assertThat(plane.asked("GET /api/jobs").getFirst().parameters())
        .containsExactlyInAnyOrder(
            "limit=7", "label=docker", "status=failed", "metadata_key=lr", "metadata_value=0.1+x");
  }

  @Test
  void jsonIsAListOfWhatTheControlPlaneSaid() {
    plane.on("GET /api/jobs", Documents.items(Documents.ended("failed", 3)));

    var said = JsonText.read(Typed.at(plane, "jobs", "recent", "--json").out());

    assertThat(said).isEqualTo(List.of(withoutBlanks(Documents.ended("failed", 3))));
  }

  private static Map<?, ?> withoutBlanks(String document) {
    var map = (Map<?, ?>) JsonText.read(document);
    return map == null ? Map.of() : map;
  }

  @Test
  void yamlSaysTheSame() {
    plane.on("GET /api/jobs", Documents.items(Documents.waiting()));

    assertThat(Typed.at(plane, "jobs", "recent", "-o", "yaml").out())
        .startsWith("- id: j-1\n")
        .contains("  command:\n  - make\n  - test\n")
        .contains("    lr: '0.1'\n");
  }

  @Test
  void aTableFitsTheTerminalAndColoursOnlyThere() {
    plane.on("GET /api/jobs", Documents.items(Documents.ended("failed", 3)));
    var environment = Map.of("NIMBUS_CONTROL_PLANE_URL", plane.url(), "NIMBUS_TOKEN", "t");
    var narrow = new Terminal(true, true, () -> 50);

    var shown = Typed.on(narrow, environment, "jobs", "recent").out();
    assertThat(shown).contains("\u001b[31mfailed\u001b[0m");
    assertThat(shown.replaceAll("\u001b\\[[0-9]*m", "").lines()).allMatch(l -> l.length() <= 50);

    var plain = new java.util.HashMap<>(environment);
    plain.put("NO_COLOR", "1");
    assertThat(Typed.on(narrow, plain, "jobs", "recent").out()).doesNotContain("\u001b");
    assertThat(Typed.at(plane, "jobs", "recent").out()).doesNotContain("\u001b");
  }

  @Test
  void oneJobIsShownWithItsHistory() {
    plane.on(
        "GET /api/jobs/j-1",
        """
        {"job":%s,
         "attempts":[{"fence":1,"host":"a","leased_at":"2026-11-22T11:00:00Z","ended_at":"2026-11-22T11:00:01Z","ending":"lost"}],
         "events":[{"at":"2026-11-22T11:00:00Z","what":"leased","detail":"on a"}]}"""
            .formatted(Documents.ended("failed", 3)));

    assertThat(Typed.at(plane, "jobs", "show", "j-1").out())
        .contains("state                 failed\n")
        .contains("attempt 1             a: lost\n")
        .contains("2026-11-22T11:00:00Z  leased: on a\n");
  }

  @Test
  void statusIsOneWordAndWhyOneSentence() {
    plane.on("GET /api/jobs/j-1", Documents.detail(Documents.waiting()));
    plane.on(
        "GET /api/jobs/j-1/why",
        "{\"job\":\"j-1\",\"state\":\"waiting\",\"code\":\"hosts_busy\",\"reason\":\"All hosts are busy.\"}");

    assertThat(Typed.at(plane, "jobs", "status", "j-1").out()).isEqualTo("waiting\n");
    assertThat(Typed.at(plane, "jobs", "why", "j-1").out())
        .isEqualTo("waiting: All hosts are busy.\n");
    assertThat(Typed.at(plane, "jobs", "why", "j-1", "--json").out())
        .contains("\"code\" : \"hosts_busy\"");
  }

  @Test
  void cancelAndRetryShowTheJobAfterwards() {
    plane.on("POST /api/jobs/j-1/cancel", Documents.ended("cancelled", 130));
    plane.on("POST /api/jobs/j-1/retry", Documents.waiting());

    assertThat(Typed.at(plane, "jobs", "cancel", "j-1").out()).contains("cancelled");
    assertThat(Typed.at(plane, "jobs", "retry", "j-1").out()).contains("waiting");
    assertThat(Typed.at(plane, "jobs", "retry", "j-1", "--quiet").out()).isEmpty();
  }

  @Test
  void whatTheControlPlaneRefusesIsSaidInItsWords() {
    plane.on("GET /api/jobs/j-9", problem(404, "not_found", "There is no job 'j-9'"));

    assertThat(Typed.at(plane, "jobs", "show", "j-9"))
        .isEqualTo(new Typed(1, "", "nimbus: There is no job 'j-9'\n"));
    assertThat(Typed.at(plane, "jobs", "show", "j-9", "--debug").err())
        .contains("at dev.nimbus.cli");
  }

  @Test
  void aLimitOutOfBoundsIsWrongUsage() {
    assertThat(Typed.at(plane, "jobs", "recent", "--limit", "0"))
        .isEqualTo(
            new Typed(2, "", "nimbus: --limit is '0', but wants a whole number from 1 to 500\n"));
  }
}
