package dev.nimbus.adapters.hetzner;

import dev.nimbus.testkit.tool.VendorProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Hetzner's own program for the command line.
 *
 * @param endpoint it speaks with
 * @param home where it may keep things
 */
record Hcloud(Path program, URI endpoint, String token, Path home) {
  /** Finds it; a test without it is skipped, or fails on a build server. */
  static Hcloud at(URI endpoint, String token, Path home) {
    var program = VendorProgram.file("hcloud", "apt-get install hcloud-cli");
    return new Hcloud(program, endpoint, token, home);
  }

  /** What it prints, when it is content. */
  String run(String... arguments) {
    var command = new ArrayList<>(List.of(program.toString(), "--poll-interval", "10ms"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    var environment = builder.environment();
    environment.clear();
    environment.put("HOME", home.toString());
    environment.put("HCLOUD_ENDPOINT", endpoint.toString());
    environment.put("HCLOUD_TOKEN", token);
    try {
      var process = builder.start();
      process.getOutputStream().close();
      var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var status = process.onExit().join().exitValue();
      if (status != 0) {
        throw new AssertionError("%s ended with %d: %s".formatted(command, status, printed));
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + program, e);
    }
  }
}
