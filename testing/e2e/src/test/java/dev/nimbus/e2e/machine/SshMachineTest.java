package dev.nimbus.e2e.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.machine.MachineView;
import dev.nimbus.e2e.docs.Tree;
import dev.nimbus.e2e.system.Await;
import dev.nimbus.e2e.system.Machine;
import dev.nimbus.testkit.provider.ssh.Sshd;
import dev.nimbus.testkit.tool.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example, applied to a real {@code nimbus up}: a job that waits has a machine made on a host
 * with a real OpenSSH server, and is run in it.
 */
@Tag("slow")
final class SshMachineTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  private ServedProgram program;
  private Sshd sshd;
  private Machine nimbus;

  @BeforeEach
  void start() throws Exception {
    Needs.program("sshd");
    Needs.program("sqlite3");
    program = ServedProgram.start(folder);
    sshd = Sshd.start(folder.resolve("sshd"));
    nimbus = Machine.start(Files.createDirectories(folder.resolve("up")));
  }

  @AfterEach
  void stop() {
    nimbus.close();
    sshd.close();
    program.close();
  }

  @Test
  void aWaitingJobHasAMachineMadeAndIsRunInIt() throws IOException {
    var applied = nimbus.cli().run("apply", "-f", example().toString());
    assertThat(applied.exitCode()).as(applied.toString()).isZero();
    var checked = nimbus.cli().run("provider", "check", "acme-metal");
    assertThat(checked.exitCode()).as(checked.toString()).isZero();

    var job = nimbus.cli().start("run", "--label", "metal", "--", "sh", "-c", "echo from-$USER-it");
    var ended =
        Await.value(
            PATIENCE,
            () -> "the end of a machine: " + nimbus.client().machines(true) + nimbus.daemon(),
            this::gone);

    assertThat(ended.endCause()).as(ended.toString()).isEqualTo("done");
    assertThat(job.exitCode()).as(job.toString()).isZero();
    assertThat(job.out()).contains("from-");
    assertThat(nimbus.client().machines(true)).hasSize(1);
    assertThat(nimbus.cli().run("machines", "list", "--gone").out()).contains(ended.id(), "gone");
  }

  private Optional<MachineView> gone() {
    return nimbus.client().machines(true).stream()
        .filter(machine -> machine.stage().equals("gone"))
        .findFirst();
  }

  /** The example, with the one host there is here. */
  private Path example() throws IOException {
    Files.writeString(folder.resolve("acme-metal.key"), sshd.privateKey() + "\n");
    var text =
        Tree.here()
            .text("examples/ssh.yaml")
            .replaceAll("hosts: .*", "hosts: metal-1=" + sshd.host())
            .replaceAll("metal-1.example.org ssh-ed25519.*", sshd.knownHost())
            .replaceAll(" *metal-2.example.org ssh-ed25519.*\n", "")
            .replaceAll(".*place: metal-2.*", "")
            .replace("sudo: \"true\"", options());
    return Files.writeString(folder.resolve("ssh.yaml"), text);
  }

  private String options() {
    return """
        state_dir: %s
              program_url: %s
              program_sha256: %s"""
        .formatted(folder.resolve("state"), program.url(), program.sha256());
  }
}
