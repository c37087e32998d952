package dev.nimbus.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody is told whose command cannot work. */
@Tag("slow")
final class RefusalTest {
  @TempDir Path folder;

  private Cli cli;

  @BeforeEach
  void makeCli() {
    cli = Cli.in(folder);
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var up = Machine.up(cli, "--port=" + taken.getLocalPort());

      assertThat(up.exitCode()).isEqualTo(1);
      assertOneLine(up, "port " + taken.getLocalPort(), "--port");
    }
  }

  @Test
  void anUnknownOptionIsNamed() {
    var run = cli.run("run", "--no-such-option", "--", "true");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--no-such-option").doesNotContain("\tat ");
  }

  @Test
  void aCorruptDatabaseIsNamed() throws IOException {
    var home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve("nimbus.db"), "this is no database\n".repeat(1_000));

    var up = Machine.up(cli, "--port=0");

    assertThat(up.exitCode()).isEqualTo(1);
    assertOneLine(up, "nimbus.db");
  }

  @Test
  void aControlPlaneThatDoesNotAnswerIsNamed() throws IOException {
    var port = 0;
    try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = free.getLocalPort();
    }

    var run = cli.run("run", "--url=http://127.0.0.1:" + port, "--token=x", "--", "true");

    assertThat(run.exitCode()).isEqualTo(1);
    assertOneLine(run, "127.0.0.1:" + port);
  }

  private static void assertOneLine(Running ran, String... words) {
    assertThat(ran.err().lines().filter(line -> line.startsWith("nimbus: ")))
        .as(ran.toString())
        .singleElement()
        .asString()
        .contains(words);
    assertThat(ran.out() + ran.err()).doesNotContain("\tat ", "Exception in thread");
  }
}
