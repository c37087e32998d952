package dev.nimbus.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Terminal;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.command.CommandRunner;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Installing with package managers that are shell scripts on the search path. */
final class RepairTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path folder;
  private Path path;
  private Path programs;
  private Path calls;

  @BeforeEach
  void makeFolders() throws IOException {
    path = Files.createDirectory(folder.resolve("path"));
    programs = Files.createDirectory(folder.resolve("programs"));
    calls = folder.resolve("calls");
  }

  @ParameterizedTest
  @CsvSource({
    "apt-get, 'update; install -y --no-install-recommends bubblewrap; '",
    "dnf, 'install -y bubblewrap; '",
    "zypper, '--non-interactive install bubblewrap; '",
    "pacman, '-S --noconfirm bubblewrap; '",
    "apk, 'update; add bubblewrap; '"
  })
  void thePackageManagerThatIsThereInstalls(String manager, String called) throws Exception {
    manager(manager, "case $* in *bubblewrap) install_it ;; esac");

    repair(true).run(false);

    assertThat(calls).hasContent(called);
    assertThat(programs.resolve("bwrap")).exists();
    assertThat(said()).endsWith("nimbus: installed bubblewrap\n");
  }

  @Test
  void everyStepIsSaidBeforeItIsDone() throws Exception {
    manager("apt-get", "install_it");

    repair(true).run(false);

    var running = "nimbus: running: " + path.resolve("apt-get");
    assertThat(said())
        .startsWith(
            running + " update\n" + running + " install -y --no-install-recommends bubblewrap\n");
  }

  @Test
  void listsThatCannotBeBroughtUpToDateDoNotKeepItFromTrying() throws Exception {
    manager("apt-get", "[ \"$1\" = update ] && exit 100; install_it");

    repair(true).run(false);

    assertThat(said()).contains("that failed (exit code 100), going on all the same");
    assertThat(programs.resolve("bwrap")).exists();
  }

  @Test
  void aPackageManagerThatFailsIsQuoted() throws Exception {
    manager("dnf", "echo 'E: no space left'; echo 'E: giving up' >&2; exit 7");

    assertThatThrownBy(() -> repair(true).run(false))
        .isInstanceOf(NimbusException.class)
        .hasMessage("Cannot install bubblewrap (exit code 7): E: no space left\nE: giving up");
    assertThat(said()).doesNotContain("installed");
  }

  @Test
  void aPackageManagerThatOnlySaysItDidIsFoundOut() throws Exception {
    manager("dnf", "exit 0");

    assertThatThrownBy(() -> repair(true).run(false))
        .hasMessageContaining("dnf says it did, but there is no bwrap in")
        .hasMessageContaining(programs.toString());
  }

  @Test
  void aDryRunOnlySaysWhatItWouldDo() throws Exception {
    manager("apt-get", "install_it");

    repair(false).run(true);

    assertThat(said())
        .contains("would run: " + path.resolve("apt-get") + " update\n")
        .contains("would run: " + path.resolve("apt-get") + " install");
    assertThat(calls).doesNotExist();
  }

  @Test
  void withoutRootNothingIsRunNorSaidToRun() throws Exception {
    manager("apk", "install_it");

    assertThatThrownBy(() -> repair(false).run(false))
        .hasMessageContaining("needs root. Run: sudo " + path.resolve("apk") + " update && sudo ");
    assertThat(calls).doesNotExist();
    assertThat(said()).isEmpty();
  }

  @Test
  void nothingIsInstalledTwice() throws Exception {
    manager("dnf", "install_it");
    executable(programs.resolve("bwrap"), "");

    repair(true).run(false);

    assertThat(calls).doesNotExist();
    assertThat(said()).contains("nothing to install");
  }

  @Test
  void aMachineWithoutPackageManagerIsSaidSo() {
    assertThatThrownBy(() -> repair(true).run(false))
        .hasMessageContaining("no known package manager");
  }

  @Test
  void aFolderThatDependsOnWhereOneStandsIsNotLookedInto() {
    var shell = shell();
    var repair =
        new Repair(
            shell, CommandRunner.system(), List.of(Path.of(""), Path.of(".")), List.of(), true);

    assertThatThrownBy(() -> repair.run(true)).hasMessageContaining("no known package manager");
  }

  private Repair repair(boolean root) {
    return new Repair(shell(), CommandRunner.system(), List.of(path), List.of(programs), root);
  }

  private Shell shell() {
    return new Shell(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of(),
        Terminal.none(),
        InstantSource.fixed(Instant.EPOCH));
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** A script that notes how it was called and can put the program in its place. */
  private void manager(String name, String script) throws IOException {
    executable(
        path.resolve(name),
        """
        printf '%%s; ' "$*" >>'%s'
        install_it() { printf '' >'%s/bwrap'; chmod 755 '%s/bwrap'; }
        %s
        """
            .formatted(calls, programs, programs, script));
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
