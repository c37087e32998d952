package dev.nimbus.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Terminal;
import dev.nimbus.core.executor.Probe;
import dev.nimbus.core.job.Size;
import dev.nimbus.service.command.CommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path folder;

  private Shell shell() {
    return new Shell(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("NIMBUS_HOME", folder.resolve("home").toString()),
        Terminal.none(),
        InstantSource.fixed(NOON));
  }

  private int doctor(Probe.Check... checks) throws InterruptedException {
    var probe = new Probe(Probe.Readiness.REDUCED, Size.NONE, List.of(checks));
    var command = (Command.Leaf<Shell>) DoctorCommand.command(_ -> probe);
    return command.action().run(shell(), new Arguments(Map.of(), List.of()));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everythingLookedAtHasALineWithAVerdict() throws InterruptedException {
    var code =
        doctor(
            new Probe.Check("pid-namespace", Probe.Verdict.OK, "fine", ""),
            new Probe.Check("seccomp", Probe.Verdict.REDUCED, "no filter", "install bubblewrap"));

    assertThat(code).isZero();
    assertThat(said())
        .contains("jdk            ok")
        .contains("pid-namespace  ok")
        .contains("seccomp        reduced  no filter")
        .contains("install bubblewrap");
  }

  @Test
  void whatIsNeededAndMissingIsAProblem() throws InterruptedException {
    assertThat(doctor(new Probe.Check("mounts", Probe.Verdict.MISSING, "none", "do it")))
        .isEqualTo(1);
    assertThat(said()).contains("mounts").contains("problem");
  }

  @Test
  void lookingLeavesNoHomeBehind() throws InterruptedException {
    doctor();

    assertThat(folder.resolve("home")).doesNotExist();
  }

  private Repair repair(List<List<String>> ran, boolean root, String... programs)
      throws IOException {
    for (var program : programs) {
      assertThat(Files.createFile(folder.resolve(program)).toFile().setExecutable(true)).isTrue();
    }
    CommandRunner runner =
        (command, _) -> {
          ran.add(command);
          return new CommandRunner.Completed(0, "", false);
        };
    return new Repair(shell(), runner, List.of(folder), root);
  }

  @Test
  void fixingInstallsWithThePackageManagerThatIsThere() throws Exception {
    var ran = new ArrayList<List<String>>();

    repair(ran, true, "dnf").run(false);

    assertThat(ran).containsExactly(List.of("dnf", "install", "-y", "bubblewrap"));
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("running: dnf install -y bubblewrap");
  }

  @Test
  void aDryRunOnlySaysWhatItWouldDo() throws Exception {
    var ran = new ArrayList<List<String>>();

    repair(ran, false, "apt-get").run(true);

    assertThat(ran).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("would run: apt-get install");
  }

  @Test
  void nothingIsInstalledWithoutRootOrTwice() throws Exception {
    var ran = new ArrayList<List<String>>();

    assertThatThrownBy(() -> repair(ran, false, "apk").run(false)).hasMessageContaining("sudo apk");
    repair(ran, true, "bwrap").run(false);

    assertThat(ran).isEmpty();
  }

  @Test
  void aMachineWithoutPackageManagerIsSaidSo() throws IOException {
    var repair = repair(new ArrayList<>(), true);

    assertThatThrownBy(() -> repair.run(false)).hasMessageContaining("no known package manager");
  }
}
