package dev.nimbus.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.Documents;
import dev.nimbus.cli.FakeControlPlane;
import dev.nimbus.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TargetTest {
  private static final String LIST = "GET /api/jobs";

  private final FakeControlPlane plane = new FakeControlPlane().on(LIST, Documents.items());
  @TempDir private Path folder;

  @AfterEach
  void close() {
    plane.close();
  }

  private void daemon(long pid, long ticks) throws IOException {
    var home = new Home(folder);
    Files.createDirectories(home.run());
    Files.createDirectories(home.keys());
    Files.writeString(home.tokenFile(), "of-the-home\n");
    var urls = Map.of(Daemon.CONTROL_PLANE, plane.url());
    Files.writeString(home.daemonFile(), new Daemon(pid, ticks, "1", "now", false, urls).text());
  }

  private static long here() {
    return ProcessHandle.current().pid();
  }

  private String authorization() {
    return String.valueOf(plane.asked(LIST).getLast().headers().get("Authorization"));
  }

  @Test
  void theDaemonOfTheHomeIsFoundWithItsToken() throws IOException {
    daemon(here(), Daemon.ticks(here()));

    var typed = Typed.in(Map.of(), "jobs", "recent", "--home", folder.toString());

    assertThat(typed.code()).isZero();
    assertThat(authorization()).isEqualTo("Bearer of-the-home");
  }

  @Test
  void anotherProcessWithTheSameIdIsNotTheDaemon() throws IOException {
    daemon(here(), Daemon.ticks(here()) - 1);

    var typed = Typed.in(Map.of("NIMBUS_HOME", folder.toString()), "jobs", "recent");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).startsWith("nimbus: No daemon runs in '" + folder + "'");
  }

  @Test
  void whatIsNamedBeatsTheDaemonAndOptionsBeatTheEnvironment() throws IOException {
    daemon(1, 1);
    var environment =
        Map.of("NIMBUS_CONTROL_PLANE_URL", plane.url() + "/", "NIMBUS_TOKEN", "environment");

    Typed.in(environment, "jobs", "recent");
    assertThat(authorization()).isEqualTo("Bearer environment");

    Typed.in(environment, "jobs", "recent", "--token", "option");
    assertThat(authorization()).isEqualTo("Bearer option");
  }

  @Test
  void theTokenMayBeInAFile() throws IOException {
    var file = Files.writeString(folder.resolve("token"), "from-a-file\n");

    Typed.in(
        Map.of("NIMBUS_CONTROL_PLANE_URL", plane.url(), "NIMBUS_TOKEN_FILE", file.toString()),
        "jobs",
        "recent");

    assertThat(authorization()).isEqualTo("Bearer from-a-file");
  }

  @Test
  void aMissingTokenAndAWrongAddressAreSaidSo() {
    var home = folder.toString();

    var missing = Typed.in(Map.of("NIMBUS_HOME", home), "jobs", "recent", "--url", plane.url());
    var wrong = Typed.in(Map.of("NIMBUS_HOME", home), "jobs", "recent", "--url", "not an url");

    assertThat(missing.err()).startsWith("nimbus: No token: give --token or NIMBUS_TOKEN");
    assertThat(wrong.code()).isEqualTo(2);
  }

  @Test
  void aDamagedDaemonFileIsNamed() throws IOException {
    daemon(here(), Daemon.ticks(here()));
    Files.writeString(new Home(folder).daemonFile(), "{\"pid\":");

    var typed = Typed.in(Map.of(), "jobs", "recent", "--home", folder.toString());

    assertThat(typed.err()).startsWith("nimbus: Cannot read '").contains("daemon.json");
  }

  @Test
  void onlyAProcessThatRunsHasATimeOfStart() {
    assertThat(Daemon.ticks(here())).isPositive();
    assertThat(Daemon.ticks(Integer.MAX_VALUE)).isEqualTo(-1);
  }
}
