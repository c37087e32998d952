package dev.nimbus.controlplane.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.provider.BootFormat;
import dev.nimbus.testkit.tool.Needs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BootScriptTest {
  private static final BootFacts FACTS =
      new BootFacts(
          new MachineName("nb-ours0001-abcdefgh"),
          URI.create("https://nimbus.example/sub/"),
          "t1cket",
          Duration.ofHours(6),
          new BootFacts.Program(URI.create("https://nimbus.example/nimbus.tgz"), "0".repeat(64)),
          true,
          "aws");

  @TempDir private Path folder;

  @Test
  void cloudInitAcceptsWhatItIsGiven() throws Exception {
    Needs.program("cloud-init");

    var checked = run("cloud-init", "schema", "--config-file", written(cloudConfig()));

    assertThat(checked.code()).as(checked.output()).isZero();
    assertThat(checked.output()).contains("Valid ");
  }

  @Test
  void cloudInitIsGivenTheWholeScriptAsItIs() {
    var script = BootScript.shell(FACTS);

    var content = new StringBuilder();
    cloudConfig()
        .lines()
        .dropWhile(line -> !line.contains("content: |"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("runcmd"))
        .map(line -> line.isEmpty() ? "" : line.substring(6))
        .forEach(line -> content.append(line).append('\n'));

    assertThat(content.toString()).isEqualTo(script);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "bash"})
  void everyPosixShellCanReadIt(String shell) throws Exception {
    Needs.program(shell);

    assertThat(run(shell, "-n", written(BootScript.shell(FACTS))).code()).isZero();
  }

  @Test
  void shellcheckFindsNothing() throws Exception {
    Needs.program("shellcheck");

    var checked = run("shellcheck", "-s", "sh", written(BootScript.shell(FACTS)));

    assertThat(checked.output()).isEmpty();
  }

  @Test
  void userDataFitsTheSmallestProvider() {
    assertThat(cloudConfig().getBytes(UTF_8)).hasSizeLessThan(16 << 10);
    assertThat(BootScript.of(FACTS, Os.WINDOWS, BootFormat.CLOUD_CONFIG).getBytes(UTF_8))
        .hasSizeLessThan(16 << 10);
  }

  @Test
  void eachSystemIsGivenTheFormItReads() {
    assertThat(cloudConfig()).startsWith("#cloud-config\n");
    assertThat(BootScript.of(FACTS, Os.LINUX, BootFormat.SHELL)).startsWith("#!/bin/sh\n");
    assertThat(BootScript.of(FACTS, Os.MACOS, BootFormat.CLOUD_CONFIG)).startsWith("#!/bin/sh\n");
    assertThat(BootScript.of(FACTS, Os.WINDOWS, BootFormat.CLOUD_CONFIG))
        .startsWith("<powershell>\n")
        .endsWith("</powershell>\n");
  }

  @Test
  void noPlaceholderIsLeft() {
    for (var os : Os.values()) {
      assertThat(BootScript.of(FACTS, os, BootFormat.SHELL)).doesNotContainPattern("@[a-z_0-9]+@");
    }
  }

  @Test
  void aValueCannotLeaveItsQuotes() throws Exception {
    var sneaky =
        new BootFacts(
            FACTS.machine(),
            URI.create("https://nimbus.example/'$(touch%20x)'"),
            "t'; touch broken; echo '`touch broken`",
            FACTS.maxLife(),
            null,
            false,
            "aws");
    var shown =
        BootScript.shell(sneaky)
                .lines()
                .filter(line -> line.startsWith("ticket=") || line.startsWith("control_plane="))
                .reduce("", (all, line) -> all + line + "\n")
            + "printf '%s\\n%s\\n' \"$control_plane\" \"$ticket\"\n";

    var printed = run("sh", written(shown));

    assertThat(printed.output().lines())
        .containsExactly(sneaky.controlPlane().toString(), sneaky.ticket());
    assertThat(folder.resolve("broken")).doesNotExist();
  }

  @Test
  void aProgramNeedsAHashToBeBelieved() {
    var url = URI.create("https://nimbus.example/nimbus.tgz");

    assertThatThrownBy(() -> new BootFacts.Program(url, "abc"))
        .hasMessageContaining("'abc'")
        .hasMessageContaining(url.toString());
  }

  private static String cloudConfig() {
    return BootScript.of(FACTS, Os.LINUX, BootFormat.CLOUD_CONFIG);
  }

  private String written(String text) throws IOException {
    var file = folder.resolve("script");
    Files.writeString(file, text);
    return file.toString();
  }

  private Ran run(String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ran(process.waitFor(), output);
  }

  private record Ran(int code, String output) {}
}
