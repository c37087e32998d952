package dev.nimbus.adapters.providers.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.testkit.tool.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script as the shells of the world read it. */
final class KeeperScriptTest {
  private static final String NAME = "nb-ours0001-script01";
  private static final String TOKEN = "0".repeat(64);
  private static final String USER_DATA = "# grün\nexec tail -f /dev/null\n";
  private static final String USUAL_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  private static final List<String> PROGRAMS =
      List.of(
          "awk", "cat", "cut", "date", "df", "env", "find", "grep", "head", "id", "mkdir", "mkfifo",
          "mv", "perl", "ps", "python3", "rm", "rmdir", "sed", "setsid", "sh", "sleep", "sqlite3",
          "stdbuf", "tail", "tr", "wc");

  private final KeeperScript script = KeeperScript.load();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"dash -s", "bash -s", "bash --posix -s", "busybox sh -s"})
  void everyShellKeepsMachines(String shell) throws Exception {
    Needs.program(shell.split(" ", -1)[0]);

    keeps(List.of(shell.split(" ", -1)), USUAL_PATH);
  }

  @Test
  void aHostWithoutTheProgramForSqliteKeepsItsStateWithPython() throws Exception {
    Needs.program("python3");
    var path = pathWithout("sqlite3");

    assertThat(answer(List.of("sh", "-s"), path, script.calling(words("check"))))
        .contains("keeps its state with python3");
    keeps(List.of("sh", "-s"), path);
  }

  @Test
  void aHostWithoutTheProgramForSessionsStartsThemInAnotherWay() throws Exception {
    keeps(List.of("sh", "-s"), pathWithout("setsid"));
    keeps(List.of("sh", "-s"), pathWithout("setsid", "perl"));
  }

  @Test
  void aHostWithNothingForSqliteSaysWhatToInstallAndKeepsNothing() throws Exception {
    var path = pathWithout("sqlite3", "python3");

    assertThat(answer(List.of("sh", "-s"), path, script.calling(words("check"))))
        .contains("nimbus wrong has a program for SQLite | install sqlite3");
    assertThat(answer(List.of("sh", "-s"), path, launch(USER_DATA)))
        .startsWith("nimbus refused neither sqlite3 nor python3");
    assertThat(state()).doesNotExist();
  }

  @Test
  void aScriptThatIsCutShortAnywhereOnItsWayLaunchesNothing() throws Exception {
    var whole = launch(USER_DATA);
    var call = whole.lastIndexOf("keeper '");
    var end = whole.indexOf("END_OF_INPUT", whole.indexOf(USER_DATA));

    for (var length = call - 100; length < end; length += length < call ? 33 : 7) {
      answer(List.of("sh", "-s"), USUAL_PATH, whole.substring(0, length));
      assertThat(Processes.of(NAME)).as("after %d of %d", length, whole.length()).isEmpty();
    }
  }

  @Test
  void aCallThatIsCutShortEndsNoOtherMachine() throws Exception {
    var words = words("terminate", NAME, "ours0001", "50");
    var cut = script.calling(words).replaceFirst(" '50' \\. </dev/null\nexit\n$", " '50'");

    assertThat(answer(List.of("sh", "-s"), USUAL_PATH, cut)).contains("nimbus invalid");
  }

  @Test
  void theScriptHasNothingAnotherShellWouldNotUnderstand() throws Exception {
    Needs.program("shellcheck");
    var file = folder.resolve("keeper.sh");
    try (var stream = KeeperScript.class.getResourceAsStream("keeper.sh")) {
      Files.write(file, java.util.Objects.requireNonNull(stream).readAllBytes());
    }

    assertThat(Processes.run("shellcheck", "--shell=sh", file.toString())).isEmpty();
  }

  private void keeps(List<String> shell, String path) throws Exception {
    try {
      assertThat(answer(shell, path, launch(USER_DATA))).startsWith("nimbus launched ");
      assertThat(Processes.of(NAME)).isNotEmpty();
      assertThat(answer(shell, path, launch(USER_DATA))).startsWith("nimbus launched ");
      assertThat(answer(shell, path, script.calling(words("list", "ours0001"))))
          .startsWith("nimbus machine " + NAME + " acme linux running ");
    } finally {
      assertThat(answer(shell, path, script.calling(words("terminate", NAME, "ours0001", "50"))))
          .startsWith("nimbus ended");
    }
    assertThat(Processes.of(NAME)).isEmpty();
    Processes.run("rm", "-r", state().toString());
  }

  private String launch(String userData) {
    var bytes = userData.getBytes(StandardCharsets.UTF_8).length;
    return script.calling(
        words("launch", NAME, "ours0001", "acme", "linux", TOKEN, "2", "600", "" + bytes),
        userData);
  }

  private List<String> words(String... words) {
    var all = new ArrayList<>(List.of(state().toString()));
    all.addAll(List.of(words));
    return all;
  }

  private Path state() {
    return folder.resolve("state");
  }

  /** A folder with what the script may need, but for some. */
  private String pathWithout(String... names) throws IOException {
    var all = Files.createTempDirectory(folder, "path");
    for (var name : PROGRAMS) {
      var program = Path.of("/usr/bin", name);
      if (Files.exists(program) && !List.of(names).contains(name)) {
        Files.createSymbolicLink(all.resolve(name), program);
      }
    }
    return all.toString();
  }

  private static String answer(List<String> shell, String path, String script) throws Exception {
    var command = new ArrayList<>(shell);
    command.set(0, "/usr/bin/env");
    command.addAll(1, List.of("-i", "PATH=" + path, shell.getFirst()));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var input = process.getOutputStream()) {
      input.write(script.getBytes(StandardCharsets.UTF_8));
    }
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
