package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Executor.Sandbox;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.job.NetworkAccess;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How commands and environments arrive. */
abstract class CommandTest extends SandboxTest {
  private static final String ODD =
      "a b'c\"d`e$f\\g\\n\nh\ti*?[x]{1,2}~#;&|<>()!%s %d \u0001\u0007\u001b\u007f äöü\u0080\u0081\u0088 ☃ 🚀 ";

  CommandTest(LauncherKind kind) {
    super(kind);
  }

  @Test
  void argumentsArriveByteForByte() throws Exception {
    var arguments = List.of("", ODD, "", "-n", "--", "'", "\\", "\n", "$(id)", everyCharacter());
    var command = new ArrayList<>(List.of("printf", "%s\\0"));
    command.addAll(arguments);
    assertThat(split(run(command, Map.of()))).isEqualTo(arguments);
  }

  @Test
  void theEnvironmentIsSmallAndTheJobsOwn() throws Exception {
    var printed = split(run(List.of("env", "-0"), Map.of("ODD", ODD, "EMPTY", "", "LANG", "C")));
    var found = new TreeMap<String, String>();
    printed.forEach(line -> found.put(name(line), line.substring(line.indexOf('=') + 1)));
    assertThat(found)
        .containsEntry("ODD", ODD)
        .containsEntry("EMPTY", "")
        .containsEntry("LANG", "C")
        .containsEntry("CI", "true")
        .containsEntry("HOME", "/workspace")
        .containsEntry("NIMBUS_JOB_ID", "j-test")
        .containsOnlyKeys(
            "CI",
            "EMPTY",
            "HOME",
            "LANG",
            "LOGNAME",
            "NIMBUS_JOB_ID",
            "ODD",
            "PATH",
            "PWD",
            "TMPDIR",
            "USER");
  }

  @Test
  void namesThatMeanSomethingToShellsAreOrdinaryNames() throws Exception {
    var added =
        Map.ofEntries(
            Map.entry("UID", "5"),
            Map.entry("PPID", "x"),
            Map.entry("IFS", "137"),
            Map.entry("OPTIND", "no number"),
            Map.entry("ENV", "/nothing"),
            Map.entry("PS4", "$(id)"),
            Map.entry("BASH_ENV", "/nothing"),
            Map.entry("LD_PRELOAD", ""),
            Map.entry("RANDOM", "r"),
            Map.entry("code", "1"),
            Map.entry("_", "u"));
    var printed = split(run(List.of("env", "-0"), added));
    added.forEach((name, value) -> assertThat(printed).contains(name + "=" + value));
  }

  @Test
  void anUnknownCommandIsOneTwentySeven() throws Exception {
    try (var sandbox = started(List.of("no-such-thing"), Map.of())) {
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(127));
      assertThat(text(sandbox)).isEqualTo("nimbus: cannot run 'no-such-thing': not found\n");
    }
    try (var sandbox = started(List.of("/no/such/thing"), Map.of())) {
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(127));
      assertThat(text(sandbox)).isEqualTo("nimbus: cannot run '/no/such/thing': not found\n");
    }
  }

  @Test
  void aCommandThatIsNoProgramIsOneTwentySix() throws Exception {
    try (var sandbox = started(List.of("/etc/passwd"), Map.of())) {
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(126));
      assertThat(text(sandbox)).isEqualTo("nimbus: cannot run '/etc/passwd': not executable\n");
    }
    try (var sandbox = started(List.of("/tmp"), Map.of())) {
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(126));
      assertThat(text(sandbox)).isEqualTo("nimbus: cannot run '/tmp': it is a directory\n");
    }
  }

  @Test
  void builtinsOfOurShellAreNotCommands() throws Exception {
    try (var sandbox = started(List.of("exit", "0"), Map.of())) {
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(127));
    }
    assertThat(new String(run(List.of("echo", "-e", "a\\tb"), Map.of()), StandardCharsets.UTF_8))
        .isEqualTo("a\tb\n");
  }

  @Test
  void signalsCountFromOneTwentyEight() throws Exception {
    for (var signal : Map.of("TERM", 143, "KILL", 137, "SEGV", 139).entrySet()) {
      try (var sandbox = start("kill -" + signal.getKey() + " $$")) {
        assertThat(sandbox.await()).isEqualTo(new Exit.Exited(signal.getValue()));
      }
    }
  }

  @Test
  void everyExitCodeComesThrough() throws Exception {
    for (var code : List.of(0, 1, 2, 99, 125, 126, 255)) {
      try (var sandbox = start("exit " + code)) {
        assertThat(sandbox.await()).isEqualTo(new Exit.Exited(code));
      }
    }
  }

  @Test
  void noSecretIsInTheArgumentsOfAnythingOnTheHostButTheJob() throws Exception {
    var command = command("echo up; exec sleep 1000", "argument-secret");
    try (var sandbox = started(command, Map.of("TOKEN", "environment-secret"))) {
      for (var look = 0; look < 50; look++) {
        assertThat(arguments("environment-secret")).isEmpty();
      }
      waitFor(sandbox, "up\n");
      assertThat(arguments("argument-secret")).isEmpty();
    }
  }

  private Sandbox started(List<String> command, Map<String, String> environment) {
    return rig().executor().start(spec(command, environment, NetworkAccess.NONE, MIB));
  }

  private byte[] run(List<String> command, Map<String, String> environment) throws Exception {
    try (var sandbox = started(command, environment)) {
      return bytes(sandbox);
    }
  }

  private static List<String> split(byte[] printed) {
    var words = new String(printed, StandardCharsets.UTF_8).split("\0", -1);
    return Arrays.asList(words).subList(0, words.length - 1);
  }

  private static String name(String variable) {
    return variable.substring(0, variable.indexOf('='));
  }

  private static String everyCharacter() {
    var all = new StringBuilder();
    for (var c = (char) 1; c < 0x800; c++) {
      all.append(c);
    }
    return all.toString();
  }

  /** The processes of the host that have the text among their arguments. */
  private static List<String> arguments(String text) {
    var pids = new File("/proc").list((_, name) -> Character.isDigit(name.charAt(0)));
    return Arrays.stream(pids == null ? new String[0] : pids)
        .map(pid -> KernelFile.read(Path.of("/proc", pid, "cmdline")).orElse(""))
        .filter(line -> line.contains(text))
        .toList();
  }
}
