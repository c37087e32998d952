package dev.nimbus.controlplane.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nimbus.api.machine.MachineReport;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.json.Json;
import dev.nimbus.testkit.tool.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script is really run, with a program of the test's in the place of Nimbus. */
final class BootScriptRunTest {
  private static final MachineName MACHINE = new MachineName("nb-ours0001-abcdefgh");
  private static final String TICKET = "0123456789abcdef";

  @TempDir private Path folder;

  private final BlockingQueue<MachineReport> reports = new LinkedBlockingQueue<>();
  private HttpServer server;
  private byte[] archive = new byte[0];

  @BeforeEach
  void listen() throws IOException {
    Needs.program("curl");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/boot/" + MACHINE + "/report",
        exchange -> {
          reports.add(Json.read(exchange.getRequestBody(), MachineReport.class));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.createContext(
        "/nimbus.tgz",
        exchange -> {
          exchange.sendResponseHeaders(200, archive.length);
          exchange.getResponseBody().write(archive);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void aJobThatIsServedEndsTheMachineAsDone() throws Exception {
    program("printf '%s %s %s' \"$*\" \"$NIMBUS_MACHINE\" \"$NIMBUS_CONTROL_PLANE_URL\" >called\n");

    assertThat(started(null, Duration.ofMinutes(5)).waitFor()).isZero();

    assertThat(states()).containsExactly("installing", "done");
    assertThat(Files.readString(home().resolve("called")))
        .isEqualTo("boot --home " + home() + "/agent " + MACHINE + " " + base());
    assertThat(home().resolve("ticket")).doesNotExist();
  }

  @Test
  void theTicketIsHandedOverInAFileOnlyItsOwnerReads() throws Exception {
    program(
        "cp -p \"$NIMBUS_BOOT_TICKET_FILE\" seen; env >environment; printf '%s' \"$*\" >words\n");

    assertThat(started(null, Duration.ofMinutes(5)).waitFor()).isZero();

    var seen = home().resolve("seen");
    assertThat(Files.readString(seen).strip()).isEqualTo(TICKET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(seen)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(home().resolve("environment"))).doesNotContain(TICKET);
    assertThat(Files.readString(home().resolve("words"))).doesNotContain(TICKET);
  }

  @Test
  void aProgramThatFailsIsReportedWithTheEndOfItsLog() throws Exception {
    program("printf 'no \"disk\"\\tleft \\\\ on \\351\\n'; exit 9\n");

    assertThat(started(null, Duration.ofMinutes(5)).waitFor()).isEqualTo(9);

    assertThat(reports).extracting(MachineReport::ticket).containsOnly(TICKET);
    var last = List.copyOf(reports).getLast();
    assertThat(last.state()).isEqualTo("failed");
    assertThat(last.detail()).contains("no \"disk\" left \\ on ", "the agent ended with 9");
  }

  @Test
  void aMachineWithoutTheProgramSaysSo() throws Exception {
    assertThat(started(null, Duration.ofMinutes(5)).waitFor()).isEqualTo(1);

    assertThat(List.copyOf(reports).getLast().detail())
        .contains("there is no nimbus here, and none to fetch");
  }

  @Test
  void aProgramThatIsFetchedIsComparedWithItsHash() throws Exception {
    archive = "not the program".getBytes(UTF_8);

    assertThat(started("0".repeat(64), Duration.ofMinutes(5)).waitFor()).isEqualTo(1);

    assertThat(List.copyOf(reports).getLast().detail())
        .contains("has the sha256 " + Tickets.digest("not the program"));
    assertThat(home().resolve("program")).doesNotExist();
  }

  @Test
  void aProgramThatIsFetchedRunsTheJob() throws Exception {
    var packed = folder.resolve("packed");
    Files.createDirectories(packed);
    executable(packed.resolve("nimbus"), "echo fetched >fetched\n");
    var tar =
        new ProcessBuilder(
                "tar", "-czf", folder.resolve("n.tgz").toString(), "-C", packed + "", ".")
            .start();
    assertThat(tar.waitFor()).isZero();
    archive = Files.readAllBytes(folder.resolve("n.tgz"));
    var sha =
        java.util.HexFormat.of()
            .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(archive));

    assertThat(started(sha, Duration.ofMinutes(5)).waitFor()).isZero();

    assertThat(states()).containsExactly("installing", "done");
    assertThat(home().resolve("fetched")).exists();
  }

  @Test
  void aMachineThatLivedAsLongAsItMayEndsItself() throws Exception {
    program("trap 'kill $!; exit 3' TERM\nmkfifo never\nread line <never &\nwait\n");

    assertThat(started(null, Duration.ofSeconds(1)).waitFor()).isEqualTo(143);

    assertThat(List.copyOf(reports).getLast().detail()).contains("lived as long as it may: 1 s");
  }

  @Test
  void aMachineThatIsToldToEndTellsItsAgent() throws Exception {
    program(
        "trap 'echo told >told; kill $!; exit 0' TERM\nmkfifo never\nread line <never &\n: >up\nwait\n");
    var machine = started(null, Duration.ofMinutes(5));
    assertThat(reports.take().state()).isEqualTo("installing");
    awaitFile(home().resolve("up"));

    machine.destroy();

    assertThat(machine.waitFor()).isEqualTo(143);
    assertThat(home().resolve("told")).exists();
  }

  private Process started(@Nullable String sha, Duration maxLife) throws IOException {
    var program =
        sha == null ? null : new BootFacts.Program(URI.create(base() + "/nimbus.tgz"), sha);
    var facts = new BootFacts(MACHINE, URI.create(base()), TICKET, maxLife, program, false, "aws");
    var script = folder.resolve("machine.sh");
    Files.writeString(script, BootScript.shell(facts));
    var builder = new ProcessBuilder("sh", script.toString());
    builder.environment().put("NIMBUS_MACHINE_HOME", home().toString());
    builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    return builder.start();
  }

  private void program(String body) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    executable(folder.resolve("bin").resolve("nimbus"), body);
  }

  private static void executable(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static void awaitFile(Path file) {
    while (!Files.exists(file)) {
      Thread.onSpinWait();
    }
  }

  private List<String> states() {
    return reports.stream().map(MachineReport::state).toList();
  }

  private Path home() {
    return folder.resolve("home");
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
