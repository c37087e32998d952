package dev.nimbus.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Terminal;
import dev.nimbus.core.executor.Probe;
import dev.nimbus.core.job.Size;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
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
        Map.of(
            "NIMBUS_HOME",
            folder.resolve("home").toString(),
            "NIMBUS_AGENT_RUNNER_TOOLS",
            folder.resolve("runners").toString()),
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
  void aMachineWithoutRunnersSaysSo() throws InterruptedException {
    assertThat(doctor()).isZero();
    assertThat(said()).contains("runners").contains("takes no jobs of forges");
  }

  @Test
  void everyRunnerOnTheMachineHasALineWithItsVersion() throws Exception {
    program(
        "forgejo-runner", "#!/bin/sh\n[ $1 = --version ] && echo forgejo-runner version v12.9\n");
    program("gitea-runner", "#!/bin/sh\nexit 3\n");
    Files.createDirectories(folder.resolve("runners/actions-runner"));

    assertThat(doctor()).isZero();
    assertThat(said())
        .contains("forgejo-runner  ok")
        .contains("forgejo-runner version v12.9")
        .contains("gitea-runner    reduced")
        .contains("exit code 3")
        .contains("actions-runner  reduced")
        .doesNotContain("gitlab-runner");
  }

  private void program(String name, String script) throws IOException {
    var file = folder.resolve("runners").resolve(name).resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void lookingLeavesNoHomeBehind() throws InterruptedException {
    doctor();

    assertThat(folder.resolve("home")).doesNotExist();
  }
}
